package io.quiver.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A later version of the table of passages, with more columns. */
@Entity
@Table(name = "passages")
class LargerPassage {
  @Id UUID id = new UUID(0, 0);

  @Nullable String added;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 5)
  float @Nullable [] other;
}
