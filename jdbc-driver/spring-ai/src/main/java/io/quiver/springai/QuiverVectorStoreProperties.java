package io.quiver.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.vectorstore.properties.CommonVectorStoreProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** {@code spring.ai.vectorstore.quiver.*}. */
@ConfigurationProperties(QuiverVectorStoreProperties.PREFIX)
public class QuiverVectorStoreProperties extends CommonVectorStoreProperties {
  /** What the names of the properties begin with. */
  public static final String PREFIX = "spring.ai.vectorstore.quiver";

  private String table = "vector_store";
  private @Nullable Integer dimensions;

  /** The table of the documents. */
  public String getTable() {
    return table;
  }

  public void setTable(String table) {
    this.table = table;
  }

  /** Length of the model's vectors; the model is asked where it is not given. */
  public @Nullable Integer getDimensions() {
    return dimensions;
  }

  public void setDimensions(@Nullable Integer dimensions) {
    this.dimensions = dimensions;
  }
}
