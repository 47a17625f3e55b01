package io.quiver.examples.frameworks;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

// section:hibernate-entity
/** A text with the vector it is found by. */
@Entity
public class Note {
  @Id @GeneratedValue @Nullable UUID id;
  @Nullable String content;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 384)
  float @Nullable [] embedding;
}
// end:hibernate-entity
