package io.quiver.hibernate;

import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SelectablePath;
import org.jspecify.annotations.Nullable;

/** A column that no attribute stands for. Written out, since its ready form differs by version. */
record AddedColumn(String name, JdbcMapping type) implements SelectableMapping {
  @Override
  public String getContainingTableExpression() {
    return "";
  }

  @Override
  public String getSelectionExpression() {
    return name;
  }

  @Override
  public SelectablePath getSelectablePath() {
    return new SelectablePath(name);
  }

  @Override
  public JdbcMapping getJdbcMapping() {
    return type;
  }

  @Override
  public @Nullable String getCustomReadExpression() {
    return null;
  }

  @Override
  public @Nullable String getCustomWriteExpression() {
    return null;
  }

  /** Asked for by Hibernate before 7.4. */
  public @Nullable String getColumnDefinition() {
    return null;
  }

  @Override
  public @Nullable Long getLength() {
    return null;
  }

  // Not in every version.
  public @Nullable Integer getArrayLength() {
    return null;
  }

  @Override
  public @Nullable Integer getPrecision() {
    return null;
  }

  @Override
  public @Nullable Integer getScale() {
    return null;
  }

  @Override
  public @Nullable Integer getTemporalPrecision() {
    return null;
  }

  @Override
  public boolean isLob() {
    return false;
  }

  @Override
  public boolean isFormula() {
    return false;
  }

  @Override
  public boolean isNullable() {
    return true;
  }

  @Override
  public boolean isInsertable() {
    return false;
  }

  @Override
  public boolean isUpdateable() {
    return false;
  }

  @Override
  public boolean isPartitioned() {
    return false;
  }
}
