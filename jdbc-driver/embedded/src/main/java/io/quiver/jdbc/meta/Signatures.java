package io.quiver.jdbc.meta;

import io.quiver.planner.Prepared;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;

/**
 * What a statement takes and gives, in Avatica's words.
 *
 * <p>What Avatica has no word for (vectors, UUIDs, JSON) is VARCHAR under its own name: clients of
 * other languages read it as text, and our driver by the name.
 */
final class Signatures {
  private static final int TEXT_WIDTH = 255;

  private Signatures() {}

  static Meta.Signature of(Prepared prepared) {
    List<ColumnMetaData> columns = new ArrayList<>(prepared.columns().size());
    for (ResultColumn column : prepared.columns()) {
      columns.add(column(columns.size(), column));
    }
    List<AvaticaParameter> parameters = new ArrayList<>(prepared.parameters().size());
    for (ResultType type : prepared.parameters()) {
      parameters.add(parameter(parameters.size(), type));
    }
    return new KeptSignature(columns, prepared.sql(), parameters, kind(prepared));
  }

  private static Meta.StatementType kind(Prepared prepared) {
    // A write that gives rows (RETURNING) is read like a query.
    if (!prepared.columns().isEmpty()) {
      return Meta.StatementType.SELECT;
    }
    return switch (prepared.kind()) {
      case QUERY -> Meta.StatementType.SELECT;
      case INSERT -> Meta.StatementType.INSERT;
      case UPDATE -> Meta.StatementType.UPDATE;
      case DELETE -> Meta.StatementType.DELETE;
      case MERGE -> Meta.StatementType.MERGE;
      case DEFINITION, SETTING, TRANSACTION -> Meta.StatementType.OTHER_DDL;
    };
  }

  private static ColumnMetaData column(int ordinal, ResultColumn column) {
    ResultType type = column.type();
    AvaticaType wire = wireType(type);
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        true,
        displaySize(type),
        column.label(),
        column.label(),
        column.schema(),
        Math.max(0, type.precision()),
        type.scale(),
        column.table(),
        "",
        wire,
        column.table().isEmpty(),
        !column.table().isEmpty(),
        false,
        wire.columnClassName());
  }

  private static AvaticaParameter parameter(int ordinal, ResultType type) {
    AvaticaType wire = wireType(type);
    // Clients that trust the type would send each element as a number; all of ours read text.
    boolean array = type.kind() == ResultType.Kind.ARRAY;
    return new AvaticaParameter(
        true,
        Math.max(0, type.precision()),
        type.scale(),
        array ? Types.ARRAY : wire.id,
        wire.name,
        wire.columnClassName(),
        "?" + (ordinal + 1));
  }

  private static AvaticaType wireType(ResultType type) {
    return switch (type.kind()) {
      case BOOLEAN -> scalar(Types.BOOLEAN, type, Rep.BOOLEAN);
      case SMALLINT -> scalar(Types.SMALLINT, type, Rep.SHORT);
      case INTEGER -> scalar(Types.INTEGER, type, Rep.INTEGER);
      case BIGINT -> scalar(Types.BIGINT, type, Rep.LONG);
      case REAL -> scalar(Types.REAL, type, Rep.FLOAT);
      case DOUBLE -> scalar(Types.DOUBLE, type, Rep.DOUBLE);
      case DECIMAL -> scalar(Types.DECIMAL, type, Rep.NUMBER);
      case VARCHAR, JSON, UUID, VECTOR, SPARSEVEC, MULTIVECTOR ->
          scalar(Types.VARCHAR, type, Rep.STRING);
      case DATE -> scalar(Types.DATE, type, Rep.INTEGER);
      case TIME -> scalar(Types.TIME, type, Rep.INTEGER);
      case TIMESTAMP -> scalar(Types.TIMESTAMP, type, Rep.LONG);
      case TIMESTAMP_TZ -> scalar(Types.TIMESTAMP_WITH_TIMEZONE, type, Rep.STRING);
      case VARBINARY -> scalar(Types.VARBINARY, type, Rep.BYTE_STRING);
      case INTERVAL -> scalar(Types.BIGINT, type, Rep.LONG);
      case NULL -> scalar(Types.NULL, type, Rep.OBJECT);
      case ARRAY ->
          ColumnMetaData.array(
              type.element().map(Signatures::wireType).orElseGet(Signatures::text),
              type.name(),
              Rep.ARRAY);
    };
  }

  private static AvaticaType scalar(int id, ResultType type, Rep rep) {
    return ColumnMetaData.scalar(id, type.name(), rep);
  }

  private static AvaticaType text() {
    return ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", Rep.STRING);
  }

  /** Characters a value usually takes; a guess where there is no bound. */
  private static int displaySize(ResultType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 5;
      case SMALLINT -> 6;
      case INTEGER -> 11;
      case BIGINT, INTERVAL -> 20;
      case REAL -> 15;
      case DOUBLE -> 24;
      case DECIMAL -> type.precision() + 2;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
      case TIMESTAMP_TZ -> 24;
      case UUID -> 36;
      case VECTOR -> Math.max(1, type.precision()) * 12;
      case VARCHAR, JSON, VARBINARY, ARRAY, SPARSEVEC, MULTIVECTOR ->
          type.precision() > 0 ? type.precision() : TEXT_WIDTH;
      case NULL -> 4;
    };
  }
}
