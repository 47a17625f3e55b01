package io.quiver.hibernate;

import io.quiver.jdbc.SparseVector;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A passage of a text with its vector, and an attribute of every type. */
@Entity
@Table(name = "passages")
class Passage {
  @Id UUID id;

  @Version int version;

  @Column(nullable = false)
  String content;

  @Nullable String lang;

  int pages;

  @Nullable Long bytes;

  boolean open;

  float weight;

  double rating;

  @Column(precision = 12, scale = 3)
  @Nullable BigDecimal price;

  @Nullable LocalDate published;

  @Nullable LocalDateTime seen;

  @Nullable byte[] thumbnail;

  @Nullable List<String> tags;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable String metadata;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 3)
  float @Nullable [] embedding;

  @JdbcTypeCode(SqlTypes.VECTOR_FLOAT16)
  @Array(length = 2)
  float @Nullable [] small;

  @Nullable SparseVector words;

  Passage() {}

  Passage(int number, String content, float... embedding) {
    this.id = new UUID(0, number);
    this.content = content;
    this.embedding = embedding;
    this.pages = number;
  }
}
