package io.quiver.jdbc.meta;

import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.jspecify.annotations.Nullable;

/** A signature that is put into the wire's form once: Avatica sends it with every execution. */
final class KeptSignature extends Meta.Signature {
  private volatile Common.@Nullable Signature proto;

  KeptSignature(
      List<ColumnMetaData> columns,
      String sql,
      List<AvaticaParameter> parameters,
      Meta.StatementType statementType) {
    super(columns, sql, parameters, null, Meta.CursorFactory.ARRAY, statementType);
  }

  @Override
  public Common.Signature toProto() {
    Common.Signature known = proto;
    if (known == null) {
      known = super.toProto();
      proto = known;
    }
    return known;
  }
}
