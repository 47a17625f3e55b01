package io.quiver.examples.frameworks.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An article that the database numbers. */
@Entity
class Article {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  String title;
  String lang;

  @JdbcTypeCode(SqlTypes.VECTOR)
  @Array(length = 2)
  float[] embedding;

  Article() {}

  Article(String title, String lang, float... embedding) {
    this.title = title;
    this.lang = lang;
    this.embedding = embedding;
  }
}
