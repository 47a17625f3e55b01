package io.quiver.server.wire;

import io.quiver.jdbc.meta.LeanFrame;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.LocalService;

/** Avatica's service, with first frames that write each value once, as later ones do. */
final class LeanService extends LocalService {
  LeanService(Meta meta) {
    super(meta);
  }

  @Override
  public ResultSetResponse toResponse(Meta.MetaResultSet resultSet) {
    if (resultSet.signature == null && resultSet.updateCount == -1) {
      return new ResultSetResponse(
          resultSet.connectionId,
          resultSet.statementId,
          resultSet.ownStatement,
          null,
          resultSet.firstFrame,
          -1,
          null);
    }
    ResultSetResponse response = super.toResponse(resultSet);
    if (response.firstFrame == null || resultSet.firstFrame == null) {
      return response;
    }
    List<Object> rows = new ArrayList<>();
    resultSet.firstFrame.rows.forEach(rows::add);
    return new ResultSetResponse(
        response.connectionId,
        response.statementId,
        response.ownStatement,
        response.signature,
        new LeanFrame(0, response.firstFrame.done, rows),
        response.updateCount,
        response.rpcMetadata);
  }
}
