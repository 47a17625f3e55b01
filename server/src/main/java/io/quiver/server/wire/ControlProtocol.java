package io.quiver.server.wire;

import io.quiver.jdbc.meta.QuiverMeta;
import io.quiver.server.access.EntryRefusedException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.NoSuchConnectionException;

/**
 * What JDBC asks of a running statement and Avatica's protocol has no request for: a form with
 * {@code operation}, {@code connection} and {@code statement}; the answer is lines of encoded text.
 *
 * <pre>
 * ping      open or closed: whether the caller has such a connection
 * cancel    stops what the statement does
 * limit     lets each later execution take so many millis
 * warnings  of the last execution, one a line
 * </pre>
 */
record ControlProtocol(QuiverMeta meta) {
  String apply(byte[] body) throws EntryRefusedException {
    Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
    String operation = field(form, "operation");
    Meta.ConnectionHandle connection = new Meta.ConnectionHandle(field(form, "connection"));
    if (operation.equals("ping")) {
      return meta.isOpen(connection) ? "open" : "closed";
    }
    Meta.StatementHandle statement =
        new Meta.StatementHandle(connection.id, (int) number(form, "statement"), null);
    try {
      switch (operation) {
        case "cancel" -> meta.cancel(statement);
        case "limit" -> meta.limitTime(statement, number(form, "millis"));
        case "warnings" -> {
          return lines(meta.warnings(statement));
        }
        default -> throw malformed("there is no operation '" + operation + "'");
      }
    } catch (NoSuchConnectionException e) {
      // A statement of nobody's has nothing to stop and nothing to say.
      return "";
    }
    return "";
  }

  private static String lines(List<String> texts) {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(URLEncoder.encode(text, StandardCharsets.UTF_8)).append('\n');
    }
    return lines.toString();
  }

  private static Map<String, String> form(String text) throws EntryRefusedException {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw malformed("the body is not a form");
      }
      try {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw malformed("the value of " + pair.substring(0, equals) + " is not encoded text");
      }
    }
    return form;
  }

  private static String field(Map<String, String> form, String name) throws EntryRefusedException {
    String value = form.get(name);
    if (value == null) {
      throw malformed("the field " + name + " is missing");
    }
    return value;
  }

  private static long number(Map<String, String> form, String name) throws EntryRefusedException {
    try {
      return Long.parseUnsignedLong(field(form, name));
    } catch (NumberFormatException e) {
      throw malformed("the field " + name + " is not a number");
    }
  }

  private static EntryRefusedException malformed(String reason) {
    return new EntryRefusedException(400, "Malformed control request: " + reason);
  }
}
