package io.quiver.sql.parser;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** An {@link ExtendedType} where the tree has a type name. */
public final class ExtendedTypeNameSpec extends SqlTypeNameSpec {
  private final ExtendedType type;

  public ExtendedTypeNameSpec(ExtendedType type, SqlParserPos position) {
    super(new SqlIdentifier(type.sql(), position), position);
    this.type = type;
  }

  public ExtendedType type() {
    return type;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator) {
    if (validator.getTypeFactory() instanceof ExtendedTypeFactory factory) {
      return factory.createExtendedType(type);
    }
    throw new IllegalStateException(
        validator.getTypeFactory().getClass() + " does not know " + type.sql());
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.print(type.sql());
  }

  @Override
  public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
    return (other instanceof ExtendedTypeNameSpec spec && spec.type.equals(type))
        ? litmus.succeed()
        : litmus.fail("{} != {}", this, other);
  }
}
