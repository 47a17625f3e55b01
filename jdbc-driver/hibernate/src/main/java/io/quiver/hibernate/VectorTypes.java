package io.quiver.hibernate;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.Size;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.BasicArrayType;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.StandardBasicTypes;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.sql.internal.DdlTypeImpl;
import org.hibernate.type.spi.TypeConfiguration;

/**
 * Makes {@code float[]} attributes VECTOR columns, with the length of their {@code @Array}, and the
 * driver's {@code SparseVector} SPARSEVEC columns.
 */
public final class VectorTypes implements TypeContributor {
  @Override
  public void contribute(TypeContributions contributions, ServiceRegistry services) {
    Dialect dialect = services.requireService(JdbcServices.class).getDialect();
    if (!(dialect instanceof QuiverDialect)) {
      return;
    }
    TypeConfiguration types = contributions.getTypeConfiguration();
    add(types, dialect, SqlTypes.VECTOR, "vector($l)", StandardBasicTypes.VECTOR.getName());
    add(
        types,
        dialect,
        SqlTypes.VECTOR_FLOAT32,
        "vector($l)",
        StandardBasicTypes.VECTOR_FLOAT32.getName());
    add(
        types,
        dialect,
        SqlTypes.VECTOR_FLOAT16,
        "vector($l, float16)",
        StandardBasicTypes.VECTOR_FLOAT16.getName());
    types.getJavaTypeRegistry().addDescriptor(SparseVectorJavaType.INSTANCE);
    types
        .getJdbcTypeRegistry()
        .addDescriptor(SqlTypes.SPARSE_VECTOR_FLOAT32, SparseVectorJdbcType.INSTANCE);
    types
        .getDdlTypeRegistry()
        .addDescriptor(new DdlTypeImpl(SqlTypes.SPARSE_VECTOR_FLOAT32, "sparsevec", dialect));
  }

  private static void add(
      TypeConfiguration types, Dialect dialect, int code, String definition, String name) {
    BasicType<Float> element = types.getBasicTypeRegistry().resolve(StandardBasicTypes.FLOAT);
    JavaType<float[]> javaType = types.getJavaTypeRegistry().resolveDescriptor(float[].class);
    VectorJdbcType jdbcType =
        new VectorJdbcType(types.getJdbcTypeRegistry().getDescriptor(SqlTypes.FLOAT), code);
    types.getJdbcTypeRegistry().addDescriptor(code, jdbcType);
    types.getBasicTypeRegistry().register(new BasicArrayType<>(element, jdbcType, javaType), name);
    types.getDdlTypeRegistry().addDescriptor(new VectorDdl(code, definition, dialect));
  }

  /** Sized by the length of an array, where other types have a length of text. */
  private static final class VectorDdl extends DdlTypeImpl {
    private static final long serialVersionUID = 1L;

    VectorDdl(int code, String definition, Dialect dialect) {
      super(code, definition, "vector", dialect);
    }

    @Override
    @SuppressWarnings("deprecation") // The one that asks for the length of an array.
    public String getTypeName(Size size) {
      Integer length = size.getArrayLength();
      if (length == null) {
        throw new IllegalArgumentException(
            "A vector attribute needs its length: add @Array(length = n)");
      }
      return getTypeName(length.longValue(), null, null);
    }
  }
}
