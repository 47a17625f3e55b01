package io.quiver.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.testing.DatabaseUnderTest;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.SQLGrammarException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hibernate as an application uses it, over a database in the process or behind a server. */
class QuiverDialectTest {
  private static final String URL = DatabaseUnderTest.ofItsOwn();

  private SessionFactory factory;

  private static Configuration configuration(String schema) {
    return new Configuration()
        .addAnnotatedClass(Passage.class)
        .setProperty("hibernate.connection.url", URL)
        .setProperty("hibernate.jdbc.batch_size", "50")
        .setProperty("hibernate.hbm2ddl.auto", schema);
  }

  @BeforeEach
  void open() {
    factory = configuration("create").buildSessionFactory();
    factory.inTransaction(
        session -> {
          session.persist(new Passage(1, "east", 1, 0, 0));
          session.persist(new Passage(2, "north east", 0.7f, 0.7f, 0));
          session.persist(new Passage(3, "north", 0, 1, 0));
        });
  }

  @AfterEach
  void close() {
    factory.close();
  }

  private static UUID id(int number) {
    return new UUID(0, number);
  }

  @Test
  void isFoundByTheNameOfTheDatabase() {
    assertThat(((SessionFactoryImplementor) factory).getJdbcServices().getDialect())
        .isInstanceOf(QuiverDialect.class);
  }

  @Test
  void keepsEveryType() {
    Passage all = new Passage(9, "all", 0.1f, -2, Float.MIN_VALUE);
    all.lang = "en";
    all.bytes = Long.MAX_VALUE;
    all.open = true;
    all.weight = 0.1f;
    all.rating = 1 / 3d;
    all.price = new BigDecimal("123456.789");
    all.published = LocalDate.of(2026, 2, 28);
    all.seen = LocalDateTime.of(2026, 2, 28, 23, 59, 58, 123_000_000);
    all.thumbnail = new byte[] {0, -1, 127};
    all.tags = List.of("a", "it's");
    all.metadata = "{\"year\": 2026}";
    all.small = new float[] {0.5f, -0.25f};
    all.words = new SparseVector(new int[] {0, 6}, new float[] {0.5f, 1.25f});
    factory.inTransaction(session -> session.persist(all));
    factory.inTransaction(
        session -> {
          Passage read = session.find(Passage.class, id(9));
          assertThat(read).usingRecursiveComparison().isEqualTo(all);
          Passage nulls = session.find(Passage.class, id(1));
          assertThat(nulls.tags).isNull();
          assertThat(nulls.thumbnail).isNull();
          assertThat(nulls.small).isNull();
          assertThat(nulls.words).isNull();
        });
  }

  @Test
  void ordersByDistanceThroughTheIndex() {
    factory.inTransaction(
        session -> {
          List<String> nearest =
              session
                  .createSelectionQuery(
                      "select p.content from Passage p order by cosine_distance(p.embedding, :q)",
                      String.class)
                  .setParameter("q", new float[] {0.9f, 0.1f, 0})
                  .setMaxResults(2)
                  .getResultList();
          assertThat(nearest).containsExactly("east", "north east");
        });
  }

  @Test
  void measuresByEveryDistance() {
    factory.inTransaction(
        session -> {
          Object[] row =
              session
                  .createSelectionQuery(
                      """
                      select cosine_distance(p.embedding, :q), euclidean_distance(p.embedding, :q),
                        l2_distance(p.embedding, :q), euclidean_squared_distance(p.embedding, :q),
                        l1_distance(p.embedding, :q), taxicab_distance(p.embedding, :q),
                        inner_product(p.embedding, :q), negative_inner_product(p.embedding, :q),
                        vector_dims(p.embedding), vector_norm(p.embedding)
                      from Passage p where p.content = 'east'
                      """,
                      Object[].class)
                  .setParameter("q", new float[] {0, 2, 0})
                  .getSingleResult();
          double root5 = Math.sqrt(5);
          assertThat((Double) row[0]).isEqualTo(1);
          assertThat((Double) row[1]).isCloseTo(root5, org.assertj.core.data.Offset.offset(1e-6));
          assertThat((Double) row[2]).isCloseTo(root5, org.assertj.core.data.Offset.offset(1e-6));
          assertThat((Double) row[3]).isEqualTo(5);
          assertThat((Double) row[4]).isEqualTo(3);
          assertThat((Double) row[5]).isEqualTo(3);
          assertThat((Double) row[6]).isEqualTo(0);
          assertThat((Double) row[7]).isEqualTo(0);
          assertThat(row[8]).isEqualTo(3);
          assertThat((Double) row[9]).isEqualTo(1);
        });
  }

  @Test
  void castsBetweenVectorsAndText() {
    factory.inTransaction(
        session -> {
          assertThat(
                  session
                      .createSelectionQuery(
                          "select cast(p.embedding as string) from Passage p where p.pages = 1",
                          String.class)
                      .getSingleResult())
              .isEqualTo("[1.0,0.0,0.0]");
          assertThat(
                  session
                      .createSelectionQuery(
                          "select p.content from Passage p where p.embedding is not null"
                              + " order by cosine_distance(p.embedding, :q), p.id limit 1",
                          String.class)
                      .setParameter("q", new float[] {0, 1, 0})
                      .getSingleResult())
              .isEqualTo("north");
        });
  }

  @Test
  void refusesToMeasureWhatIsNoVector() {
    factory.inTransaction(
        session ->
            assertThatThrownBy(
                    () ->
                        session.createSelectionQuery(
                            "select cosine_distance(p.content, :q) from Passage p", Double.class))
                .hasMessageContaining("Argument 1 of cosine_distance() must be a vector"));
  }

  @Test
  void filtersPagesAndAggregates() {
    factory.inTransaction(
        session -> {
          List<String> page =
              session
                  .createSelectionQuery(
                      "select p.content from Passage p where p.pages >= :least order by p.pages",
                      String.class)
                  .setParameter("least", 1)
                  .setFirstResult(1)
                  .setMaxResults(1)
                  .getResultList();
          assertThat(page).containsExactly("north east");
          Object[] sums =
              session
                  .createSelectionQuery(
                      "select count(p), sum(p.pages), max(upper(p.content)) from Passage p",
                      Object[].class)
                  .getSingleResult();
          assertThat(sums).containsExactly(3L, 6L, "NORTH EAST");
          assertThat(
                  session
                      .createSelectionQuery(
                          "select p.content from Passage p where p.content like '%north%'"
                              + " and p.id in :ids order by p.content desc",
                          String.class)
                      .setParameter("ids", List.of(id(1), id(2), id(3)))
                      .getResultList())
              .containsExactly("north east", "north");
        });
  }

  @Test
  void rollsBack() {
    try (Session session = factory.openSession()) {
      var transaction = session.beginTransaction();
      session.persist(new Passage(8, "gone", 0, 0, 1));
      session.flush();
      // A search of the same transaction sees what it has written.
      assertThat(
              session
                  .createSelectionQuery(
                      "select p.content from Passage p order by cosine_distance(p.embedding, :q)",
                      String.class)
                  .setParameter("q", new float[] {0, 0, 1})
                  .setMaxResults(1)
                  .getSingleResult())
          .isEqualTo("gone");
      transaction.rollback();
    }
    factory.inTransaction(session -> assertThat(session.find(Passage.class, id(8))).isNull());
  }

  @Test
  void aStaleVersionIsRefused() {
    Passage stale = factory.fromTransaction(session -> session.find(Passage.class, id(1)));
    factory.inTransaction(session -> session.find(Passage.class, id(1)).content = "changed");
    stale.content = "too late";
    assertThatThrownBy(() -> factory.inTransaction(session -> session.merge(stale)))
        .isInstanceOf(OptimisticLockException.class);
    factory.inTransaction(
        session -> {
          Passage now = session.find(Passage.class, id(1));
          assertThat(now.content).isEqualTo("changed");
          assertThat(now.version).isEqualTo(1);
        });
  }

  @Test
  void aSecondRowOfOneKeyIsRefused() {
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    session -> {
                      session.persist(new Passage(1, "again", 1, 1, 1));
                    }))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(ConstraintViolationException.class),
            e -> assertThat(e).hasCauseInstanceOf(ConstraintViolationException.class));
  }

  @Test
  void aVectorOfAnotherLengthIsRefusedWhole() {
    assertThatThrownBy(
            () ->
                factory.inTransaction(
                    session -> {
                      session.persist(new Passage(7, "fits", 1, 1, 1));
                      session.persist(new Passage(8, "does not", 1, 1));
                    }))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(DataException.class),
            e -> assertThat(e).hasCauseInstanceOf(DataException.class));
    factory.inTransaction(session -> assertThat(session.find(Passage.class, id(7))).isNull());
  }

  @Test
  void aMissingTableIsNamed() {
    factory.getSchemaManager().drop(true);
    assertThatThrownBy(() -> factory.inTransaction(session -> session.find(Passage.class, id(1))))
        .isInstanceOf(SQLGrammarException.class)
        .hasMessageContaining("passages");
    factory.getSchemaManager().create(true);
    factory.inTransaction(session -> session.persist(new Passage(1, "again", 1, 0, 0)));
  }

  @Test
  void hugeTextsComeBackWhole() {
    Passage huge = new Passage(6, "x", 1, 0, 0);
    huge.metadata = "{\"text\": \"" + "\u00e9 ".repeat(500_000) + "\"}";
    factory.inTransaction(session -> session.persist(huge));
    factory.inTransaction(
        session ->
            assertThat(session.find(Passage.class, id(6)).metadata).isEqualTo(huge.metadata));
  }

  @Test
  void insertsOrUpdatesOnConflict() {
    factory.inTransaction(
        session -> {
          for (int pages : new int[] {5, 6}) {
            session
                .createMutationQuery(
                    """
                    insert into Passage (id, version, content, pages, open, weight, rating, embedding)
                    values (:id, 0, 'put', :pages, true, 0, 0, :embedding)
                    on conflict (id) do update set pages = excluded.pages
                    """)
                .setParameter("id", id(5))
                .setParameter("pages", pages)
                .setParameter("embedding", new float[] {1, 1, 1})
                .executeUpdate();
          }
        });
    factory.inTransaction(
        session -> assertThat(session.find(Passage.class, id(5)).pages).isEqualTo(6));
  }

  @Test
  void updatesAndDeletesManyAtOnce() {
    factory.inTransaction(
        session -> {
          assertThat(
                  session
                      .createMutationQuery("update Passage p set p.lang = 'en' where p.pages > 1")
                      .executeUpdate())
              .isEqualTo(2);
          assertThat(
                  session
                      .createMutationQuery("delete from Passage p where p.lang is null")
                      .executeUpdate())
              .isEqualTo(1);
        });
    factory.inTransaction(
        session ->
            assertThat(
                    session
                        .createSelectionQuery("select count(p) from Passage p", Long.class)
                        .getSingleResult())
                .isEqualTo(2));
  }

  @Test
  void theSchemaIsValidatedAndUpdated() throws Exception {
    configuration("validate").buildSessionFactory().close();
    configuration("update").buildSessionFactory().close();
    assertThatThrownBy(
            () ->
                configuration("validate")
                    .addAnnotatedClass(LargerPassage.class)
                    .buildSessionFactory())
        .hasMessageContaining("Schema validation: missing column [added] in table [passages]");
    configuration("update").addAnnotatedClass(LargerPassage.class).buildSessionFactory().close();
    configuration("validate").addAnnotatedClass(LargerPassage.class).buildSessionFactory().close();
    try (var connection = DriverManager.getConnection(URL);
        ResultSet columns =
            connection.getMetaData().getColumns(null, null, "passages", "embedding")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TYPE_NAME")).startsWith("VECTOR");
    }
  }
}
