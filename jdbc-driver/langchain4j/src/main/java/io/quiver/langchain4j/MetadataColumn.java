package io.quiver.langchain4j;

import dev.langchain4j.data.document.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key of the metadata that has a column of its own, typed and open to an index.
 *
 * @param key of the metadata, and name of the column
 * @param type one of String, UUID, Integer, Long, Float and Double
 */
record MetadataColumn(String key, Class<?> type) {
  MetadataColumn {
    sqlType(type);
  }

  String definition() {
    return StoreTable.quoted(key) + " " + sqlType(type);
  }

  private static String sqlType(Class<?> type) {
    if (type == String.class) {
      return "VARCHAR";
    } else if (type == UUID.class) {
      return "UUID";
    } else if (type == Integer.class) {
      return "INTEGER";
    } else if (type == Long.class) {
      return "BIGINT";
    } else if (type == Float.class) {
      return "REAL";
    } else if (type == Double.class) {
      return "DOUBLE";
    }
    throw new IllegalArgumentException(
        "A metadata column cannot be of "
            + type.getName()
            + "; LangChain4j's metadata knows String, UUID, Integer, Long, Float and Double");
  }

  /** The value to store, in the column's type; null where the metadata has none. */
  @Nullable Object valueIn(@Nullable Metadata metadata) {
    Object value = metadata == null ? null : metadata.toMap().get(key);
    if (value == null || type.isInstance(value)) {
      return value;
    }
    if (type == String.class) {
      return value.toString();
    }
    if (type == UUID.class && value instanceof String text) {
      return UUID.fromString(text);
    }
    if (value instanceof Number number) {
      if (type == Double.class) {
        return Double.parseDouble(number.toString());
      }
      if (type == Long.class && number instanceof Integer) {
        return number.longValue();
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Metadata key \"%s\" has a column of type %s, but the value %s is of type %s",
            key,
            type.getSimpleName(),
            value,
            value.getClass().getSimpleName()));
  }

  /** Puts what a row has into the metadata. */
  void read(ResultSet row, Metadata into) throws SQLException {
    Object value = row.getObject(key);
    if (value == null) {
      return;
    }
    if (type == String.class) {
      into.put(key, value.toString());
    } else if (type == UUID.class) {
      into.put(key, value instanceof UUID uuid ? uuid : UUID.fromString(value.toString()));
    } else {
      Number number = (Number) value;
      if (type == Integer.class) {
        into.put(key, number.intValue());
      } else if (type == Long.class) {
        into.put(key, number.longValue());
      } else if (type == Float.class) {
        into.put(key, number.floatValue());
      } else {
        into.put(key, number.doubleValue());
      }
    }
  }
}
