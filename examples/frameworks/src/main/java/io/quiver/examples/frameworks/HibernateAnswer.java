package io.quiver.examples.frameworks;

import java.util.List;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** A question answered by Hibernate. */
public final class HibernateAnswer {
  private HibernateAnswer() {}

  /** The text nearest to a question. */
  public static String answer(
      String url, Function<String, float[]> model, List<String> texts, String question) {
    Configuration configuration =
        new Configuration()
            .addAnnotatedClass(Note.class)
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.hbm2ddl.auto", "update");
    try (SessionFactory factory = configuration.buildSessionFactory()) {
      factory.inTransaction(
          session -> {
            for (String text : texts) {
              Note note = new Note();
              note.content = text;
              note.embedding = model.apply(text);
              session.persist(note);
            }
          });
      // section:hibernate-ask
      String nearest = "select n.content from Note n order by cosine_distance(n.embedding, :q)";
      return factory.fromSession(
          session ->
              session
                  .createSelectionQuery(nearest, String.class)
                  .setParameter("q", model.apply(question))
                  .setMaxResults(1)
                  .getSingleResult());
      // end:hibernate-ask
    }
  }
}
