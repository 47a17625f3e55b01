package io.quiver.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.metamodel.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The statements of LangChain4j's HibernateEmbeddingStore, built as it builds them: inserting over
 * rows, searching with a least score and filters in JSON, deleting by a list of ids. Its jar is not
 * at hand in the registry this is built from, so that it cannot be run itself.
 */
class EmbeddingStoreStatementsTest {
  private SessionFactory factory;

  @BeforeEach
  void open() {
    factory =
        new Configuration()
            .addAnnotatedClass(EmbeddingRow.class)
            .setProperty("hibernate.connection.url", DatabaseUnderTest.ofItsOwn())
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .buildSessionFactory();
    put(1, "east", Map.of("lang", "en", "year", 2021, "size", Long.MAX_VALUE), 1, 0, 0);
    put(2, "north east", Map.of("lang", "fr", "year", 2024), 0.7f, 0.7f, 0);
    put(3, "north", Map.of("lang", "en", "rating", 4.5), 0, 1, 0);
  }

  @AfterEach
  void close() {
    factory.close();
  }

  private static UUID id(int number) {
    return new UUID(0, number);
  }

  @SuppressWarnings("unchecked")
  private Type<Map<String, Object>> metadataType() {
    return (Type<Map<String, Object>>)
        factory
            .getMetamodel()
            .entity(EmbeddingRow.class)
            .getSingularAttribute("metadata")
            .getType();
  }

  private void put(int number, String text, Map<String, Object> metadata, float... vector) {
    HibernateCriteriaBuilder builder = factory.getCriteriaBuilder();
    var insert = builder.createCriteriaInsertValues(EmbeddingRow.class);
    var target = insert.getTarget();
    var conflict = insert.onConflict().conflictOnConstraintAttributes("id");
    var excluded = conflict.getExcludedRoot();
    var update = conflict.onConflictDoUpdate();
    for (String name : List.of("embedding", "text", "metadata")) {
      update.set(name, excluded.get(name));
    }
    insert.setInsertionTargetPaths(
        List.of(
            target.get("id"), target.get("embedding"), target.get("text"), target.get("metadata")));
    insert.values(
        List.of(
            builder.values(
                List.of(
                    builder.parameter(UUID.class, "id"),
                    builder.parameter(float[].class, "embedding"),
                    builder.parameter(String.class, "text"),
                    builder.parameter(Map.class, "metadata")))));
    factory.inStatelessTransaction(
        session ->
            session
                .createMutationQuery(insert)
                .setParameter("id", id(number))
                .setParameter("embedding", vector)
                .setParameter("text", text)
                .setParameter("metadata", metadata, metadataType())
                .executeUpdate());
  }

  private List<Object[]> search(
      double least, BiFunction<HibernateCriteriaBuilder, JpaRoot<EmbeddingRow>, Predicate> filter) {
    HibernateCriteriaBuilder builder = factory.getCriteriaBuilder();
    var query = builder.createQuery(Object[].class);
    JpaRoot<EmbeddingRow> root = query.from(EmbeddingRow.class);
    // It declares the vector to be of a class of its own, so that no type is inferred of it.
    Expression<Double> distance =
        builder.function(
            "cosine_distance",
            Double.class,
            root.get("embedding"),
            builder.parameter(EmbeddingStoreStatementsTest.class, "embedding"));
    Predicate near =
        builder.le(
            distance,
            builder.function(
                "round",
                Double.class,
                builder.diff(
                    builder.literal(2D),
                    builder.prod(builder.literal(2D), builder.parameter(Double.class, "least"))),
                builder.literal(8)));
    query.where(builder.and(near, filter.apply(builder, root)));
    query.orderBy(builder.asc(distance));
    query.select(
        builder.array(
            builder
                .quot(builder.diff(builder.literal(2D), distance), builder.literal(2D))
                .as(Double.class),
            root.get("id"),
            root.get("embedding"),
            root.get("metadata"),
            root.get("text")));
    return factory.fromStatelessSession(
        session ->
            session
                .createSelectionQuery(query)
                .setParameter("embedding", new float[] {1, 0, 0})
                .setParameter("least", least)
                .setMaxResults(10)
                .getResultList());
  }

  private List<String> texts(
      BiFunction<HibernateCriteriaBuilder, JpaRoot<EmbeddingRow>, Predicate> filter) {
    List<String> texts = new ArrayList<>();
    search(0, filter).forEach(row -> texts.add((String) row[4]));
    return texts;
  }

  private static <T> Expression<T> json(
      HibernateCriteriaBuilder builder, JpaRoot<EmbeddingRow> root, String key, Class<T> type) {
    return builder.jsonValue(root.get("metadata"), builder.literal("$." + key), type);
  }

  @Test
  void scoresAndTheLeastOfThem() {
    List<Object[]> all = search(0, (builder, root) -> builder.conjunction());
    assertThat(all).extracting(row -> row[4]).containsExactly("east", "north east", "north");
    assertThat(all.get(0)[0]).isEqualTo(1.0);
    assertThat((float[]) all.get(0)[2]).containsExactly(1, 0, 0);
    assertThat(all.get(0)[3]).isEqualTo(Map.of("lang", "en", "year", 2021, "size", Long.MAX_VALUE));
    assertThat(search(0.8, (builder, root) -> builder.conjunction()))
        .extracting(row -> row[1])
        .containsExactly(id(1), id(2));
  }

  @Test
  void filtersByMetadataInJson() {
    assertThat(texts((b, r) -> b.equal(json(b, r, "lang", String.class), "en")))
        .containsExactly("east", "north");
    assertThat(texts((b, r) -> b.greaterThan(json(b, r, "year", Integer.class), 2021)))
        .containsExactly("north east");
    assertThat(texts((b, r) -> b.equal(json(b, r, "size", Long.class), Long.MAX_VALUE)))
        .containsExactly("east");
    assertThat(texts((b, r) -> b.equal(json(b, r, "rating", Double.class), 4.5)))
        .containsExactly("north");
    assertThat(texts((b, r) -> json(b, r, "year", Integer.class).isNull()))
        .containsExactly("north");
    assertThat(
            texts(
                (b, r) ->
                    b.or(
                        json(b, r, "lang", String.class).isNull(),
                        json(b, r, "lang", String.class).in("fr", "de").not())))
        .containsExactly("east", "north");
    assertThat(texts((b, r) -> b.like(json(b, r, "lang", String.class), "%\\_%", '\\'))).isEmpty();
  }

  @Test
  void insertsOverRowsAndDeletesByIds() {
    put(3, "changed", Map.of(), 1, 0, 0);
    assertThat(texts((builder, root) -> builder.conjunction()))
        .containsExactlyInAnyOrder("east", "changed", "north east");
    HibernateCriteriaBuilder builder = factory.getCriteriaBuilder();
    var delete = builder.createCriteriaDelete(EmbeddingRow.class);
    delete.where(delete.getTarget().get("id").in(builder.listParameter(UUID.class, "ids")));
    factory.inTransaction(
        session ->
            assertThat(
                    session
                        .createMutationQuery(delete)
                        .setParameter("ids", List.of(id(1), id(3), id(9)))
                        .executeUpdate())
                .isEqualTo(2));
    assertThat(texts((b, root) -> b.conjunction())).containsExactly("north east");
    factory.getSchemaManager().truncate();
    assertThat(texts((b, root) -> b.conjunction())).isEmpty();
  }
}
