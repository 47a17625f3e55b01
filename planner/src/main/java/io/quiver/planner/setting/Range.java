package io.quiver.planner.setting;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** The values a setting takes. */
public sealed interface Range {
  /** The value in its plain form, or empty where it is not one of these. */
  Optional<String> normalise(String value);

  /** For messages: {@code a whole number from 1 to 10}. */
  String description();

  /** A whole number between two bounds, both allowed. */
  record Whole(long low, long high) implements Range {
    @Override
    public Optional<String> normalise(String value) {
      try {
        long number = Long.parseLong(value.trim());
        return number < low || number > high
            ? Optional.empty()
            : Optional.of(Long.toString(number));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }

    @Override
    public String description() {
      return "a whole number from " + low + " to " + high;
    }
  }

  /** A number from 0 to 1. */
  record Share() implements Range {
    @Override
    public Optional<String> normalise(String value) {
      try {
        double share = Double.parseDouble(value.trim());
        return share >= 0 && share <= 1
            ? Optional.of(new BigDecimal(value.trim()).stripTrailingZeros().toPlainString())
            : Optional.empty();
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }

    @Override
    public String description() {
      return "a number from 0 to 1";
    }
  }

  /** True or false, in any of the spellings in use. */
  record Truth() implements Range {
    @Override
    public Optional<String> normalise(String value) {
      return switch (value.trim().toLowerCase(Locale.ROOT)) {
        case "true", "on", "yes", "1" -> Optional.of("true");
        case "false", "off", "no", "0" -> Optional.of("false");
        default -> Optional.empty();
      };
    }

    @Override
    public String description() {
      return "true or false";
    }
  }

  /** Any text up to a length. */
  record Text(int length) implements Range {
    @Override
    public Optional<String> normalise(String value) {
      return value.length() > length ? Optional.empty() : Optional.of(value);
    }

    @Override
    public String description() {
      return "a text of at most " + length + " characters";
    }
  }

  /** A time zone. */
  record Zone() implements Range {
    @Override
    public Optional<String> normalise(String value) {
      try {
        return Optional.of(ZoneId.of(value.trim()).getId());
      } catch (DateTimeException unknown) {
        return Optional.empty();
      }
    }

    @Override
    public String description() {
      return "a time zone such as UTC or Europe/Berlin";
    }
  }
}
