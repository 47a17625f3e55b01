package io.quiver.sql.type;

import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.parser.ExtendedType;
import io.quiver.sql.parser.ExtendedTypeFactory;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Makes types, and keeps ours what they are.
 *
 * <p>Calcite copies an array type as a plain array when it changes nullability or looks for a
 * common type; here the dimension survives. Shared by all planning threads.
 */
public final class QuiverTypeFactory extends JavaTypeFactoryImpl implements ExtendedTypeFactory {
  public static final QuiverTypeFactory INSTANCE = new QuiverTypeFactory();

  private QuiverTypeFactory() {
    super(QuiverTypeSystem.INSTANCE);
  }

  @Override
  public RelDataType createExtendedType(ExtendedType type) {
    return switch (type) {
      case ExtendedType.Vector v -> vector(v.dimension(), v.element(), false);
      case ExtendedType.SparseVector s -> sparseVector(s.dimension(), false);
      case ExtendedType.MultiVector m -> multiVector(m.dimension(), false);
      case ExtendedType.Json j -> json(false);
    };
  }

  /** {@code VECTOR(dimension, element)}; dimension 0 for any. */
  public RelDataType vector(int dimension, VectorElement element, boolean nullable) {
    return canonize(new VectorSqlType(real(), dimension, element, nullable));
  }

  /** {@code SPARSEVEC(dimension)}; 0 for any. */
  public RelDataType sparseVector(int dimension, boolean nullable) {
    return canonize(new SparseVectorSqlType(real(), dimension, nullable));
  }

  /** {@code MULTIVECTOR(dimension)}; 0 for any. */
  public RelDataType multiVector(int dimension, boolean nullable) {
    RelDataType row = vector(dimension, VectorElement.FLOAT16, false);
    return canonize(new MultiVectorSqlType(row, dimension, nullable));
  }

  /** {@code JSON}. */
  public RelDataType json(boolean nullable) {
    return canonize(new JsonSqlType(typeSystem, nullable));
  }

  /** A type of SQL's own without parameters. */
  public RelDataType simple(SqlTypeName name, boolean nullable) {
    return createTypeWithNullability(createSqlType(name), nullable);
  }

  private RelDataType real() {
    return createSqlType(SqlTypeName.REAL);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return switch (type) {
      case VectorSqlType v -> vector(v.dimension(), v.element(), nullable);
      case SparseVectorSqlType s -> sparseVector(s.dimension(), nullable);
      case MultiVectorSqlType m -> multiVector(m.dimension(), nullable);
      case JsonSqlType j -> json(nullable);
      default -> super.createTypeWithNullability(type, nullable);
    };
  }

  /** What the null side of an outer join holds: Calcite makes it apart from the above. */
  @Override
  public RelDataType enforceTypeWithNullability(RelDataType type, boolean nullable) {
    return isOurs(type)
        ? createTypeWithNullability(type, nullable)
        : super.enforceTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType createTypeWithCharsetAndCollation(
      RelDataType type, Charset charset, SqlCollation collation) {
    return type instanceof JsonSqlType
        ? type
        : super.createTypeWithCharsetAndCollation(type, charset, collation);
  }

  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    RelDataType ours = commonType(types);
    return ours == null ? super.leastRestrictive(types, mappingRule) : ours;
  }

  /** The common type where all are of one kind of ours or NULL; null where not. */
  private @Nullable RelDataType commonType(List<RelDataType> types) {
    RelDataType common = null;
    boolean nullable = false;
    for (RelDataType type : types) {
      nullable |= type.isNullable();
      if (type.getSqlTypeName() == SqlTypeName.NULL) {
        nullable = true;
      } else if (common == null) {
        common = type;
      } else {
        common = merge(common, type);
        if (common == null) {
          return null;
        }
      }
    }
    return common == null || !isOurs(common) ? null : createTypeWithNullability(common, nullable);
  }

  private @Nullable RelDataType merge(RelDataType a, RelDataType b) {
    return switch (a) {
      case VectorSqlType v when b instanceof VectorSqlType w ->
          vector(
              sameOrAny(v.dimension(), w.dimension()),
              v.element() == w.element() ? v.element() : VectorElement.FLOAT32,
              false);
      case SparseVectorSqlType s when b instanceof SparseVectorSqlType t ->
          merged(this::sparseVector, s.dimension(), t.dimension());
      case MultiVectorSqlType m when b instanceof MultiVectorSqlType n ->
          merged(this::multiVector, m.dimension(), n.dimension());
      case JsonSqlType j when b instanceof JsonSqlType -> j;
      default -> null;
    };
  }

  private static RelDataType merged(
      BiFunction<Integer, Boolean, RelDataType> maker, int first, int second) {
    return maker.apply(sameOrAny(first, second), false);
  }

  private static int sameOrAny(int first, int second) {
    return first == second ? first : 0;
  }

  /** Whether a type is one of those SQL gains here and holds vectors. */
  public static boolean isVectorLike(RelDataType type) {
    return type instanceof VectorSqlType
        || type instanceof SparseVectorSqlType
        || type instanceof MultiVectorSqlType;
  }

  private static boolean isOurs(RelDataType type) {
    return isVectorLike(type) || type instanceof JsonSqlType;
  }

  /** Vectors travel through generated code as objects it cannot look into. */
  @Override
  public Type getJavaClass(RelDataType type) {
    return isVectorLike(type) ? Comparable.class : super.getJavaClass(type);
  }
}
