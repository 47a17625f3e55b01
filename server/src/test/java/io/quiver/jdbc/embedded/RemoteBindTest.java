package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.server.wire.OpenServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link BindTest} over the wire: what has no form of its own there arrives as text. */
class RemoteBindTest extends BindTest {
  private OpenServer server;
  private Connection connection;

  @Override
  Connection connect(ScriptedRunner script) throws Exception {
    server = new OpenServer(script);
    connection = DriverManager.getConnection(server.url());
    return connection;
  }

  @Override
  void release() {
    server.close();
  }

  @Override
  Object received(Object value, String type) {
    if (value instanceof Long whole && type.equals("INTEGER")) {
      return Math.toIntExact(whole);
    }
    if (value instanceof List<?> list && type.equals("BIGINT ARRAY")) {
      return list.stream().map(each -> ((Number) each).longValue()).toList();
    }
    if (!(value instanceof String text)) {
      return value;
    }
    return switch (type) {
      case "DATE" -> LocalDate.parse(text);
      case "TIME" -> LocalTime.parse(text);
      case "TIMESTAMP" -> Timestamp.valueOf(text).toLocalDateTime();
      case "TIMESTAMP WITH TIME ZONE" -> OffsetDateTime.parse(text);
      case "UUID" -> UUID.fromString(text);
      case "SPARSEVEC" -> sparse(text);
      default -> value;
    };
  }

  private static SparseVectorValue sparse(String text) {
    try {
      JsonNode json = new JsonMapper().readTree(text);
      int[] indices = new int[json.path("indices").size()];
      float[] weights = new float[indices.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = json.path("indices").path(i).asInt();
        weights[i] = json.path("values").path(i).floatValue();
      }
      return new SparseVectorValue(indices, weights);
    } catch (java.io.IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** The engine's own class is not known to a client. */
  @Override
  @Test
  void sparseVectorsArriveFromMapAndRecord() throws SQLException {
    SparseVectorValue sparse = new SparseVectorValue(new int[] {0, 6}, new float[] {0.5f, 1.2f});
    assertThat(bound("SPARSEVEC", s -> s.setObject(1, Map.of(6, 1.2f, 0, 0.5f)))).isEqualTo(sparse);
    assertThat(
            bound(
                "SPARSEVEC",
                s -> s.setObject(1, new SparseVector(new int[] {0, 6}, new float[] {.5f, 1.2f}))))
        .isEqualTo(sparse);
  }

  /** It is refused before it is sent. */
  @Override
  @Test
  void aStrangerAmongClassesIsNamed() throws SQLException {
    runner.update("insert", "VARCHAR");
    try (PreparedStatement statement = connection.prepareStatement("insert")) {
      assertThatThrownBy(() -> statement.setObject(1, new Thread("stranger")))
          .isInstanceOf(SQLDataException.class)
          .hasMessage("Cannot send a java.lang.Thread as a parameter");
    }
  }
}
