package io.quiver.engine.filter;

import io.quiver.engine.column.RandomValues;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.engine.search.RowFilter.Containment;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Filter trees over columns of given types. */
public final class RandomFilters {
  private static final String[] PATTERNS = {
    "%", "", "_", "__", "a%", "%b", "%a%", "a_", "_b%", "%ä%", "日_", "😀%", "%😀%", "a!%b", "!%%",
    "!_", "%a%b%", "AB", "Stra_e", "%!"
  };

  private final List<ColumnType> types;
  private final Random random;

  public RandomFilters(List<ColumnType> types, Random random) {
    this.types = types;
    this.random = random;
  }

  public RowFilter tree(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf();
    }
    List<RowFilter> parts =
        Stream.generate(() -> tree(depth - 1)).limit(random.nextInt(4)).toList();
    return random.nextBoolean() ? new RowFilter.And(parts) : new RowFilter.Or(parts);
  }

  private RowFilter leaf() {
    int column = random.nextInt(types.size());
    return switch (random.nextInt(20)) {
      case 0 -> new RowFilter.All();
      case 1 -> new RowFilter.Nothing();
      case 2 -> new RowFilter.IsNull(column, random.nextBoolean());
      case 3 -> test(column);
      default ->
          switch (types.get(column)) {
            case ColumnType.Scalar scalar -> scalar(column, scalar);
            case ColumnType.TextArray array ->
                new RowFilter.Contains(
                    column,
                    pick(Containment.values()),
                    some(3, () -> RandomValues.word(random)),
                    random.nextBoolean());
            case ColumnType.DenseVector vector -> test(column);
            case ColumnType.SparseVector vector -> test(column);
            case ColumnType.MultiVector vector -> test(column);
          };
    };
  }

  private RowFilter test(int column) {
    int modulus = random.nextInt(1, 4);
    return new RowFilter.Test(
        List.of(column, 0),
        values -> values[0] == null || String.valueOf(values[1]).length() % modulus == 0,
        "test");
  }

  private RowFilter scalar(int column, ColumnType.Scalar type) {
    if (type.kind() == ScalarKind.STRING && random.nextBoolean()) {
      String pattern = pick(PATTERNS);
      return new RowFilter.Like(
          column,
          random.nextInt(5) == 0 ? pattern + pick(PATTERNS) : pattern,
          random.nextBoolean() ? '!' : '\0',
          random.nextBoolean(),
          random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      List<Object> values =
          some(random.nextBoolean() ? 4 : 40, () -> RandomValues.of(type, random));
      return new RowFilter.In(column, values, random.nextBoolean());
    }
    return new RowFilter.Compare(column, pick(Comparison.values()), RandomValues.of(type, random));
  }

  private <T> List<T> some(int bound, Supplier<T> each) {
    return Stream.generate(each).limit(random.nextInt(bound)).toList();
  }

  private <T> T pick(T[] among) {
    return among[random.nextInt(among.length)];
  }
}
