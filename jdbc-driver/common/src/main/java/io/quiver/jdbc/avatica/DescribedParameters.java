package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** What a prepared statement says of its parameters: Avatica has it be its own metadata. */
abstract class DescribedParameters extends PreparedStatementSettings {
  private final SqlType[] types;

  DescribedParameters(
      QuiverConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int holdability)
      throws SQLException {
    super(connection, handle, signature, holdability);
    this.types = new SqlType[signature.parameters.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = SqlType.of(signature.parameters.get(i));
    }
  }

  /** What a parameter, counted from 1, is; an error if there is none such. */
  final SqlType type(int parameterIndex) throws SQLException {
    checkOpen();
    if (parameterIndex < 1 || parameterIndex > types.length) {
      throw SqlErrors.misuse(
          "07009", "Invalid parameter " + parameterIndex + ": the statement has " + types.length);
    }
    return types[parameterIndex - 1];
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return this;
  }

  @Override
  public int getParameterCount() {
    return types.length;
  }

  @Override
  public int isNullable(int parameterIndex) throws SQLException {
    type(parameterIndex);
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().isNumeric();
  }

  @Override
  public int getPrecision(int parameterIndex) throws SQLException {
    return type(parameterIndex).precision();
  }

  @Override
  public int getScale(int parameterIndex) throws SQLException {
    return type(parameterIndex).scale();
  }

  @Override
  public int getParameterType(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().jdbcType();
  }

  @Override
  public String getParameterTypeName(int parameterIndex) throws SQLException {
    return type(parameterIndex).plainName();
  }

  @Override
  public String getParameterClassName(int parameterIndex) throws SQLException {
    return type(parameterIndex).kind().javaClass().getName();
  }

  @Override
  public int getParameterMode(int parameterIndex) throws SQLException {
    type(parameterIndex);
    return parameterModeIn;
  }
}
