package io.quiver.examples.demo;

import java.util.List;

/**
 * What the demo asks, as statements without parameters, so that each can be typed again in a shell.
 *
 * @param title what it shows
 */
record DemoQuery(String title, String sql) {
  /** Every way of searching, for one question and a word or two to match. */
  static List<DemoQuery> about(String question, String words) {
    String asked = literal(question);
    String matched = literal(words);
    return List.of(
        new DemoQuery(
            "Nearest by meaning, among the rows that qualify",
            """
            SELECT v.file, v.score, v.content
            FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 5) AS v
            WHERE v.length >= 100 AND v.file LIKE '%%.md'
            """
                .formatted(asked)),
        new DemoQuery(
            "By words: BM25 over the text",
            """
            SELECT s.file, s.heading, s.score
            FROM SPARSE_MATCH('passages', 'content', %s, 5) AS s
            """
                .formatted(matched)),
        new DemoQuery(
            "Token by token: MaxSim over the 50 nearest",
            """
            SELECT m.file, m.heading, m.score
            FROM MAXSIM((SELECT file, heading, tokens FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 50)),
                        'tokens', EMBED_TOKENS(%s), 5) AS m
            """
                .formatted(asked, asked)),
        new DemoQuery(
            "Hybrid: meaning and words, fused by reciprocal rank",
            """
            WITH legs AS (
              SELECT id, 'meaning' AS leg, score
              FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 50)
              UNION ALL
              SELECT id, 'words', score
              FROM SPARSE_MATCH('passages', 'content', %s, 50)),
            ranked AS (
              SELECT id, leg, ROW_NUMBER() OVER (PARTITION BY leg ORDER BY score DESC) AS place
              FROM legs)
            SELECT p.file, p.heading, SUM(1.0 / (60 + r.place)) AS fused
            FROM ranked AS r JOIN passages AS p ON p.id = r.id
            GROUP BY p.id, p.file, p.heading
            ORDER BY fused DESC, p.id LIMIT 5
            """
                .formatted(asked, matched)),
        new DemoQuery(
            "Joined with a second table",
            """
            SELECT v.heading, f.file, f.kind, f.bytes, v.score
            FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 10) AS v
            JOIN files AS f ON f.file = v.file
            WHERE f.bytes > 1000
            ORDER BY v.score DESC LIMIT 5
            """
                .formatted(asked)),
        new DemoQuery(
            "Aggregated: which files know most about it",
            """
            SELECT v.file, COUNT(*) AS hits, MAX(v.score) AS best, AVG(v.length) AS mean_length
            FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 50) AS v
            GROUP BY v.file
            ORDER BY hits DESC, best DESC LIMIT 5
            """
                .formatted(asked)),
        new DemoQuery(
            "How the first was answered",
            """
            EXPLAIN ANALYZE
            SELECT v.file, v.score, v.content
            FROM VECTOR_SEARCH('passages', 'embedding', EMBED(%s), 5) AS v
            WHERE v.length >= 100 AND v.file LIKE '%%.md'
            """
                .formatted(asked)));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
