package io.quiver.planner;

import java.util.Optional;

/**
 * The type of a result column or a parameter, in words of JDBC.
 *
 * <p>How values of each kind come out of a {@link RowCursor} and go in as parameters:
 *
 * <table>
 *   <caption>kinds and classes</caption>
 *   <tr><td>BOOLEAN</td><td>{@code Boolean}</td></tr>
 *   <tr><td>SMALLINT, INTEGER, BIGINT</td><td>{@code Short, Integer, Long}</td></tr>
 *   <tr><td>REAL, DOUBLE, DECIMAL</td><td>{@code Float, Double, BigDecimal}</td></tr>
 *   <tr><td>VARCHAR, JSON</td><td>{@code String}</td></tr>
 *   <tr><td>DATE</td><td>{@code Integer}, days since the epoch</td></tr>
 *   <tr><td>TIME</td><td>{@code Integer}, milliseconds of the day</td></tr>
 *   <tr><td>TIMESTAMP, TIMESTAMP_TZ</td><td>{@code Long}, milliseconds since the epoch</td></tr>
 *   <tr><td>UUID</td><td>{@code java.util.UUID}</td></tr>
 *   <tr><td>VARBINARY</td><td>{@code byte[]}</td></tr>
 *   <tr><td>ARRAY</td><td>{@code java.util.List} of the element's class</td></tr>
 *   <tr><td>VECTOR</td><td>{@code float[]}</td></tr>
 *   <tr><td>SPARSEVEC</td><td>{@link io.quiver.engine.search.SparseVectorValue}</td></tr>
 *   <tr><td>MULTIVECTOR</td><td>{@code float[][]}</td></tr>
 *   <tr><td>INTERVAL</td><td>{@code Long}, milliseconds or months</td></tr>
 *   <tr><td>NULL</td><td>nothing but null</td></tr>
 * </table>
 *
 * <p>Parameters may also be given in any form that reads as the type: a vector as {@code float[]},
 * {@code double[]}, a list of numbers, text such as {@code [1,2]}, {@code f32:} and base64, or
 * little-endian bytes; temporal values as {@code java.time} or {@code java.sql} objects or text.
 *
 * @param name as SQL writes it, such as {@code VECTOR(384)} or {@code VARCHAR(20)}
 * @param precision length, digits or dimension; -1 where there is none
 * @param scale digits after the point; 0 where there are none
 * @param element of an ARRAY
 */
public record ResultType(
    Kind kind, String name, int precision, int scale, Optional<ResultType> element) {
  /** What a value is. */
  public enum Kind {
    BOOLEAN,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    DECIMAL,
    VARCHAR,
    JSON,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_TZ,
    UUID,
    VARBINARY,
    ARRAY,
    VECTOR,
    SPARSEVEC,
    MULTIVECTOR,
    INTERVAL,
    NULL
  }
}
