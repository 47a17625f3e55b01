package io.quiver.sql.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.schema.VectorElement;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class QuiverTypeFactoryTest {
  private static final QuiverTypeFactory FACTORY = QuiverTypeFactory.INSTANCE;

  @Test
  void nullabilityKeepsDimensionAndElement() {
    RelDataType vector = FACTORY.vector(768, VectorElement.FLOAT16, false);
    RelDataType nullable = FACTORY.createTypeWithNullability(vector, true);
    assertThat(nullable.isNullable()).isTrue();
    assertThat(nullable).hasToString("VECTOR(768, FLOAT16)");
    assertThat(FACTORY.createTypeWithNullability(nullable, false)).isSameAs(vector);
    assertThat(FACTORY.createTypeWithNullability(FACTORY.json(false), true))
        .isInstanceOf(JsonSqlType.class);
  }

  @Test
  void dimensionsTellTypesApart() {
    assertThat(FACTORY.vector(3, VectorElement.FLOAT32, true))
        .isNotEqualTo(FACTORY.vector(4, VectorElement.FLOAT32, true))
        .isNotEqualTo(FACTORY.sparseVector(3, true));
  }

  @Test
  void commonTypeKeepsDimensionWhereItIsOne() {
    RelDataType three = FACTORY.vector(3, VectorElement.FLOAT32, false);
    RelDataType four = FACTORY.vector(4, VectorElement.FLOAT32, false);
    RelDataType none = FACTORY.createSqlType(SqlTypeName.NULL);
    assertThat(FACTORY.leastRestrictive(List.of(three, none))).hasToString("VECTOR(3)");
    assertThat(FACTORY.leastRestrictive(List.of(three, four))).hasToString("VECTOR");
    assertThat(FACTORY.leastRestrictive(List.of(FACTORY.json(false), FACTORY.json(true))))
        .hasToString("JSON");
  }
}
