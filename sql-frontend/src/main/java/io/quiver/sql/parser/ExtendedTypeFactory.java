package io.quiver.sql.parser;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** A type factory that also knows the types of {@link ExtendedType}. */
public interface ExtendedTypeFactory extends RelDataTypeFactory {
  /** The type, not null. */
  RelDataType createExtendedType(ExtendedType type);
}
