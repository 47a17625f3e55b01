package io.quiver.examples.rag;

import java.time.LocalDate;

/**
 * What is asked, and of whom.
 *
 * @param vector of the text, of length 1
 * @param tokens a row a token of the text
 * @param tenant whose passages alone are searched
 * @param since the first day a passage may be of
 * @param until the last
 */
record Question(
    String text,
    float[] vector,
    float[][] tokens,
    String tenant,
    LocalDate since,
    LocalDate until) {}
