package io.quiver.jdbc.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.calcite.avatica.proto.Common.WireMessage;

/**
 * Names of messages on the wire. Each message carries the name of Avatica's class for it, and in
 * the shaded jar those classes have other names, which no server knows.
 */
final class WireNames {
  /** Put together at run time, because shading renames the name where it is written out. */
  private static final String WIRE =
      String.join(".", "org", "apache", "calcite", "avatica", "proto");

  private static final String OURS = WireMessage.class.getPackageName();

  private WireNames() {}

  /** The name that a request of this kind travels under. */
  static String request(String kind) {
    return WIRE + ".Requests$" + kind;
  }

  /** The name that an answer of this kind travels under. */
  static String response(String kind) {
    return WIRE + ".Responses$" + kind;
  }

  static byte[] toWire(byte[] message) throws InvalidProtocolBufferException {
    return renamed(message, OURS, WIRE);
  }

  static byte[] fromWire(byte[] message) throws InvalidProtocolBufferException {
    return renamed(message, WIRE, OURS);
  }

  private static byte[] renamed(byte[] message, String from, String to)
      throws InvalidProtocolBufferException {
    if (from.equals(to)) {
      return message;
    }
    WireMessage wire = WireMessage.parseFrom(message);
    return wire.getName().startsWith(from)
        ? wire.toBuilder()
            .setName(to + wire.getName().substring(from.length()))
            .build()
            .toByteArray()
        : message;
  }
}
