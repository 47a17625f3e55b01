package io.quiver.engine.kernel;

/**
 * Ranks rows of one segment against one query: a smaller rank is nearer.
 *
 * <p>A rank orders rows as their distance does, and is cheaper: a squared distance, a negative dot
 * product, terms left out that are the same for all rows. Asked for a batch at a time, so that the
 * one virtual call is paid per batch. Used by one thread.
 */
public abstract class RowScorer {
  /** Rows worked off at once inside; batches may be of any size. */
  protected static final int BLOCK = 64;

  /** How much longer than the batch the array of ranks has to be. */
  public static final int SLACK = RowKernels.STEP;

  /** Sets the query. */
  public abstract void query(float[] vector);

  /** Makes a row the query, as a graph is built. */
  public abstract void queryRow(int row);

  /**
   * The rank of a row that is {@code factor} times as far from the query as one with this rank;
   * infinity where ranks say nothing of distances. Only for queries from outside.
   */
  public abstract float stretched(float rank, float factor);

  /** Rows from {@code from} on will be ranked in order: fetching them may start. */
  public void readAhead(int from, int count) {}

  /**
   * Ranks the first {@code count} of {@code rows} into {@code ranks}, which has room for {@link
   * #SLACK} more; what it holds there is overwritten.
   */
  public abstract void ranks(int[] rows, int count, float[] ranks);
}
