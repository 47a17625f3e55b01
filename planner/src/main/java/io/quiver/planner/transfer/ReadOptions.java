package io.quiver.planner.transfer;

import java.util.List;
import java.util.Set;

/**
 * How a file is read.
 *
 * @param jsonFields fields of JSON lines or Parquet whose value is wanted as its JSON text,
 *     whatever it is
 * @param delimiter between the values of CSV
 * @param header names of the fields of CSV; empty if the first record tells them
 * @param vectorField what to call the vectors of an fvecs or npy file
 * @param fields the only fields that are wanted, where leaving others out saves work; empty for all
 */
public record ReadOptions(
    Set<String> jsonFields,
    char delimiter,
    List<String> header,
    String vectorField,
    Set<String> fields) {
  /** What fits most files. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(Set.of(), ',', List.of(), "embedding", Set.of());

  public ReadOptions {
    jsonFields = Set.copyOf(jsonFields);
    header = List.copyOf(header);
    fields = Set.copyOf(fields);
  }

  /** The same for these fields, those whose JSON text is wanted among them. */
  public ReadOptions with(Set<String> wanted, Set<String> asJson) {
    return new ReadOptions(asJson, delimiter, header, vectorField, wanted);
  }
}
