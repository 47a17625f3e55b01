package io.quiver.planner.physical;

import java.util.Arrays;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The columns of a stored table that fields of a plan are, for what reads them as columns.
 *
 * @param scan the table's rows
 * @param fields for each field of the plan, that of the table; -1 for those that are not read
 */
record StoredFields(ScanNode scan, int[] fields) {
  /**
   * Of a plan in which nothing but projections stand over the table.
   *
   * @param read the fields that must be columns
   */
  static Optional<StoredFields> of(RelNode rel, PlanNode plan, ImmutableBitSet read) {
    int[] fields = new int[rel.getRowType().getFieldCount()];
    Arrays.setAll(fields, field -> read.get(field) ? field : -1);
    RelNode input = rel;
    PlanNode planned = plan;
    while (input instanceof Project project && planned instanceof ProjectNode projected) {
      for (int i = 0; i < fields.length; i++) {
        if (fields[i] >= 0) {
          if (!(project.getProjects().get(fields[i]) instanceof RexInputRef ref)) {
            return Optional.empty();
          }
          fields[i] = ref.getIndex();
        }
      }
      input = project.getInput();
      planned = projected.input();
    }
    return planned instanceof ScanNode scan
        ? Optional.of(new StoredFields(scan, fields))
        : Optional.empty();
  }
}
