package io.quiver.planner.transfer;

import java.util.List;
import java.util.Set;

/**
 * How a file is read.
 *
 * @param jsonFields fields of JSON lines whose value is wanted as its JSON text, whatever it is
 * @param delimiter between the values of CSV
 * @param header names of the fields of CSV; empty if the first record tells them
 * @param vectorField what to call the vectors of an fvecs or npy file
 */
public record ReadOptions(
    Set<String> jsonFields, char delimiter, List<String> header, String vectorField) {
  /** What fits most files. */
  public static final ReadOptions DEFAULT = new ReadOptions(Set.of(), ',', List.of(), "embedding");

  public ReadOptions {
    jsonFields = Set.copyOf(jsonFields);
    header = List.copyOf(header);
  }

  public ReadOptions withJsonFields(Set<String> fields) {
    return new ReadOptions(fields, delimiter, header, vectorField);
  }
}
