package io.quiver.jdbc.avatica;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's envelope, the name of a message and the message, without the copies that Avatica makes
 * of what is in it. It matters where vectors travel.
 */
public final class WireEnvelope {
  private WireEnvelope() {}

  /** The bytes of a message in an envelope, written once. */
  public static byte[] seal(String name, Message message) throws IOException {
    byte[] bytes =
        new byte
            [CodedOutputStream.computeStringSize(WireMessage.NAME_FIELD_NUMBER, name)
                + CodedOutputStream.computeMessageSize(
                    WireMessage.WRAPPED_MESSAGE_FIELD_NUMBER, message)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(WireMessage.NAME_FIELD_NUMBER, name);
    // A message within another has the form of a field of bytes.
    out.writeMessage(WireMessage.WRAPPED_MESSAGE_FIELD_NUMBER, message);
    out.checkNoSpaceLeft();
    return bytes;
  }

  /** What is in an envelope; the message in it is a view of the bytes. */
  public static WireMessage open(byte[] bytes) throws IOException {
    return WireMessage.parseFrom(reader(UnsafeByteOperations.unsafeWrap(bytes)));
  }

  /** Reads a message whose texts and bytes are views of these. */
  public static CodedInputStream reader(ByteString bytes) {
    CodedInputStream in = bytes.newCodedInput();
    in.enableAliasing(true);
    return in;
  }

  /** A parameter on the wire; bytes, which vectors are too, go as they are. */
  public static Common.TypedValue parameter(TypedValue value) {
    return value.value instanceof byte[] bytes
        ? Common.TypedValue.newBuilder()
            .setType(Common.Rep.BYTE_STRING)
            .setBytesValue(UnsafeByteOperations.unsafeWrap(bytes))
            .build()
        : value.toProto();
  }

  /** The same read; null for one that was not set. */
  public static @Nullable TypedValue parameter(Common.TypedValue value) {
    if (value.getType() == Common.Rep.BYTE_STRING && !value.getBytesValue().isEmpty()) {
      return TypedValue.ofLocal(Rep.OBJECT, value.getBytesValue().toByteArray());
    }
    return value.getImplicitlyNull() ? null : TypedValue.fromProto(value);
  }
}
