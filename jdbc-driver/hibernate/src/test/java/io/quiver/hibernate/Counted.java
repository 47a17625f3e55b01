package io.quiver.hibernate;

import io.quiver.jdbc.SparseVector;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row that the database numbers, found by either kind of vector. */
@Entity
class Counted {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Nullable String lang;

  /** Of the same name as what a search adds. */
  double score;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 2)
  float @Nullable [] embedding;

  @Nullable SparseVector words;

  Counted() {}

  Counted(String lang, float[] embedding, SparseVector words) {
    this.lang = lang;
    this.embedding = embedding;
    this.words = words;
  }
}
