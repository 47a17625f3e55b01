package io.quiver.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the shape that LangChain4j's HibernateEmbeddingStore makes. */
@Entity
class EmbeddingRow {
  @Id @Nullable UUID id;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 3)
  float @Nullable [] embedding;

  @Nullable String text;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable Map<String, Object> metadata;
}
