package io.quiver.sql.function;

import java.util.List;

/** An argument that a table function takes by name; the first of its names is the usual one. */
public interface NamedArgument {
  /** Every name it goes by, in lower case. */
  List<String> names();
}
