package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random transactions over two collections, several open at a time, among commits of their own,
 * sealing, merging and reopening; and beside them maps that say what each must see and whether it
 * may commit.
 */
final class TransactionModel {
  private static final RowFilter ALL = new RowFilter.All();
  private static final String[] LANGUAGES = {"de", "en", "fr", "it"};
  private static final int KEYS = 30;
  private static final int OTHER = 2;

  /** A row of one of the collections. */
  private record Place(long collection, long key) {}

  /** What is committed, and at which step each place was last written. */
  private Map<Place, @Nullable Object[]> committed = new HashMap<>();

  private final Map<Place, Integer> changedAt = new HashMap<>();
  private int step;

  private final Random random;
  private final FaultyFiles files;
  private final Map<Long, CollectionSchema> schemas = new TreeMap<>();
  private final EngineOptions options;
  private final List<String> history = new ArrayList<>();
  private final List<Open> open = new ArrayList<>();
  private final List<Cursor> cursors = new ArrayList<>();
  private VectorEngine engine;
  int conflicts;
  int commits;

  /** An open transaction. */
  private static final class Open {
    final Transaction transaction;
    final int begun;
    final Set<Place> before;
    Map<Place, @Nullable Object[]> rows;
    Set<Place> written = new HashSet<>();
    final List<Point> points = new ArrayList<>();

    Open(Transaction transaction, int begun, Map<Place, @Nullable Object[]> rows) {
      this.transaction = transaction;
      this.begun = begun;
      this.before = Set.copyOf(rows.keySet());
      this.rows = new HashMap<>(rows);
    }
  }

  private record Point(
      Transaction.Mark mark, Map<Place, @Nullable Object[]> rows, Set<Place> written) {}

  /** A snapshot that is read later, and what it must show then. */
  private record Cursor(Snapshot snapshot, Map<Place, @Nullable Object[]> rows) {}

  TransactionModel(long seed) {
    random = new Random(seed);
    files = new FaultyFiles(seed);
    options = Pages.options(3 + random.nextInt(30));
    schemas.put(Pages.COLLECTION, Pages.schema(Pages.COLLECTION, 1 + random.nextInt(3)));
    schemas.put((long) OTHER, Pages.schema(OTHER, 1));
    engine = VectorEngine.open(files, options, new RecordingSubscriber(), 4_000);
    schemas.values().forEach(schema -> engine.define(Pages.create(schema)));
  }

  List<String> history() {
    return history;
  }

  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      int dice = random.nextInt(100);
      if (dice < 12 && open.size() < 4) {
        begin();
      } else if (dice < 50) {
        inTransaction(this::write);
      } else if (dice < 55) {
        inTransaction(this::writeInVain);
      } else if (dice < 62) {
        inTransaction(this::mark);
      } else if (dice < 67) {
        inTransaction(this::rollBackToMark);
      } else if (dice < 72) {
        inTransaction(each -> check(each.transaction.snapshot(), each.rows));
      } else if (dice < 76) {
        inTransaction(
            each -> cursors.add(new Cursor(each.transaction.snapshot(), new HashMap<>(each.rows))));
      } else if (dice < 84) {
        inTransaction(this::commit);
      } else if (dice < 87) {
        inTransaction(this::rollBack);
      } else if (dice < 95) {
        commitAlone();
      } else if (dice < 97) {
        history.add("optimize");
        engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      } else if (dice < 98) {
        truncate();
      } else {
        reopen();
      }
    }
    reopen();
    check(engine.snapshot(), committed);
    engine.close();
  }

  private interface Action {
    void run(Open transaction);
  }

  private void inTransaction(Action action) {
    if (!open.isEmpty()) {
      action.run(open.get(random.nextInt(open.size())));
    }
  }

  private void begin() {
    history.add("begin");
    open.add(new Open(engine.begin(), step, committed));
  }

  private void write(Open each) {
    Map<Place, @Nullable Object[]> next = new HashMap<>(each.rows);
    Set<Place> written = new HashSet<>(each.written);
    List<WriteBatch> batches = batches(next, written);
    history.add(number(each) + " writes " + written);
    each.transaction.write(batches);
    each.rows = next;
    each.written = written;
  }

  private String number(Open each) {
    return "t" + each.begun;
  }

  /** Several changes, the last of which inserts a key that is there: none is made. */
  private void writeInVain(Open each) {
    List<Place> there = new ArrayList<>(each.rows.keySet());
    if (there.isEmpty()) {
      return;
    }
    Place place = there.get(random.nextInt(there.size()));
    List<WriteBatch> batches =
        new ArrayList<>(batches(new HashMap<>(each.rows), new HashSet<>(), place));
    CollectionSchema schema = schemas.get(place.collection);
    batches.add(Pages.insert(schema, row(place.key)));
    history.add(number(each) + " writes in vain");
    assertThatThrownBy(() -> each.transaction.write(batches))
        .isInstanceOf(DuplicateKeyException.class)
        .hasMessage("Collection " + schema.name() + " has a row with key [" + place.key + "]");
    check(each.transaction.snapshot(), each.rows);
  }

  private List<WriteBatch> batches(
      Map<Place, @Nullable Object[]> next, Set<Place> written, Place... except) {
    List<WriteBatch> batches = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      long collection = random.nextInt(3) == 0 ? OTHER : Pages.COLLECTION;
      WriteBatch batch = new WriteBatch(schemas.get(collection));
      for (int j = random.nextInt(4); j >= 0; j--) {
        Place place = new Place(collection, random.nextInt(KEYS));
        if (Arrays.asList(except).contains(place)) {
          continue;
        }
        written.add(place);
        if (random.nextInt(3) == 0) {
          batch.delete(WriteBatch.Expectation.UNCHANGED, new Object[] {place.key});
          next.remove(place);
        } else {
          @Nullable Object[] row = row(place.key);
          @Nullable Object[] before = next.get(place);
          boolean isNew = before == null;
          if (before != null && random.nextBoolean()) {
            row[Pages.EMBEDDING] = random.nextInt(5) == 0 ? row[Pages.EMBEDDING] : before[4];
            batch.update(WriteBatch.Expectation.UNCHANGED, before, row);
            next.put(place, row);
            continue;
          }
          batch.put(
              random.nextInt(3) == 0
                  ? WriteBatch.Expectation.ANY
                  : isNew ? WriteBatch.Expectation.ABSENT : WriteBatch.Expectation.UNCHANGED,
              row);
          next.put(place, row);
        }
      }
      batches.add(batch);
    }
    return batches;
  }

  private @Nullable Object[] row(long key) {
    float[] vector = new float[4];
    for (int i = 0; i < 4; i++) {
      vector[i] = random.nextInt(100);
    }
    return Pages.row(key, LANGUAGES[random.nextInt(4)], random.nextInt(1000), vector);
  }

  private void mark(Open each) {
    history.add(number(each) + " marks");
    each.points.add(
        new Point(each.transaction.mark(), new HashMap<>(each.rows), new HashSet<>(each.written)));
  }

  private void rollBackToMark(Open each) {
    if (each.points.isEmpty()) {
      return;
    }
    int at = random.nextInt(each.points.size());
    history.add(number(each) + " goes back to mark " + at);
    Point point = each.points.get(at);
    each.transaction.rollBackTo(point.mark);
    each.points.subList(at + 1, each.points.size()).clear();
    each.rows = new HashMap<>(point.rows);
    each.written = new HashSet<>(point.written);
    check(each.transaction.snapshot(), each.rows);
  }

  private void rollBack(Open each) {
    history.add(number(each) + " rolls back");
    open.remove(each);
    each.transaction.close();
  }

  /** Keys it saw must be as they were, keys it did not see must still be free. */
  private boolean conflicts(Open each) {
    for (Place place : each.written) {
      if (each.before.contains(place)
          ? changedAt.getOrDefault(place, 0) > each.begun
          : committed.containsKey(place)) {
        return true;
      }
    }
    return false;
  }

  private void commit(Open each) {
    open.remove(each);
    boolean conflicts = conflicts(each);
    history.add(number(each) + (conflicts ? " commits in vain" : " commits"));
    if (conflicts) {
      this.conflicts++;
      assertThatThrownBy(each.transaction::commit)
          .as("after %s", history)
          .isInstanceOf(WriteConflictException.class);
    } else {
      each.transaction.commit();
      this.commits++;
      committed(each.written, each.rows);
    }
    assertThatThrownBy(each.transaction::snapshot).hasMessage("The transaction is over");
    check(engine.snapshot(), committed);
  }

  private void committed(Set<Place> written, Map<Place, @Nullable Object[]> rows) {
    step++;
    for (Place place : written) {
      changedAt.put(place, step);
      if (rows.containsKey(place)) {
        committed.put(place, rows.get(place));
      } else {
        committed.remove(place);
      }
    }
  }

  private void commitAlone() {
    Map<Place, @Nullable Object[]> next = new HashMap<>(committed);
    Set<Place> written = new HashSet<>();
    List<WriteBatch> batches = batches(next, written);
    history.add("commit of " + written);
    engine.commit(batches, engine.snapshotPosition());
    committed(written, next);
    check(engine.snapshot(), committed);
  }

  private void truncate() {
    history.add("truncate");
    engine.define(new Definition(List.of(new SchemaChange.Truncate(OTHER)), new byte[] {2}));
    step++;
    for (long key = 0; key < KEYS; key++) {
      Place place = new Place(OTHER, key);
      committed.remove(place);
      changedAt.put(place, step);
    }
  }

  /** Open cursors are read to their end first; open transactions are lost. */
  private void reopen() {
    history.add("reopen");
    for (Cursor cursor : cursors) {
      check(cursor.snapshot, cursor.rows);
    }
    cursors.clear();
    open.forEach(each -> each.transaction.close());
    open.clear();
    engine.close();
    engine = VectorEngine.open(files, options, new RecordingSubscriber(), 4_000);
    check(engine.snapshot(), committed);
  }

  /** Checks every way to see rows, and closes the snapshot. */
  private void check(Snapshot snapshot, Map<Place, @Nullable Object[]> expected) {
    try (snapshot) {
      for (long collection : schemas.keySet()) {
        check(snapshot.collection(collection), collection, expected);
      }
    }
  }

  private void check(
      CollectionView view, long collection, Map<Place, @Nullable Object[]> expected) {
    Map<Place, @Nullable Object[]> found = new HashMap<>();
    RowScan scan = view.scan(ALL, StopSignal.NEVER);
    long[] names = new long[7];
    for (int count = scan.next(names); count > 0; count = scan.next(names)) {
      for (int i = 0; i < count; i++) {
        @Nullable Object[] row = new @Nullable Object[view.schema().columns().size()];
        for (int column = 0; column < row.length; column++) {
          row[column] = view.value(names[i], column);
        }
        Place place = new Place(collection, (Long) row[0]);
        assertThat(found.put(place, row)).as("twice %s after %s", place, history).isNull();
      }
    }
    Map<Place, @Nullable Object[]> wanted = new HashMap<>(expected);
    wanted.keySet().removeIf(place -> place.collection != collection);
    assertThat(found.keySet()).as("keys after %s", history).isEqualTo(wanted.keySet());
    found.forEach(
        (place, row) ->
            assertThat(row).as("%s after %s", place, history).isEqualTo(wanted.get(place)));
    assertThat(view.rowCount()).as("count after %s", history).isEqualTo(wanted.size());
    for (long key = 0; key < KEYS; key++) {
      assertThat(view.find(new Object[] {key}) >= 0)
          .as("key %s after %s", key, history)
          .isEqualTo(wanted.containsKey(new Place(collection, key)));
    }
    String language = LANGUAGES[random.nextInt(4)];
    RowFilter filter = new RowFilter.Compare(Pages.LANGUAGE, RowFilter.Comparison.EQUAL, language);
    assertThat(view.count(filter, StopSignal.NEVER))
        .as("count of %s after %s", language, history)
        .isEqualTo(wanted.values().stream().filter(row -> language.equals(row[1])).count());
    checkSearch(view, wanted, random.nextBoolean() ? filter : ALL, language);
  }

  private void checkSearch(
      CollectionView view,
      Map<Place, @Nullable Object[]> wanted,
      RowFilter filter,
      String language) {
    float[] query = {random.nextInt(100), random.nextInt(100), random.nextInt(100), 50};
    List<Double> expected = new ArrayList<>();
    for (@Nullable Object[] row : wanted.values()) {
      if (filter == ALL || language.equals(row[Pages.LANGUAGE])) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
          double difference = ((float[]) row[Pages.EMBEDDING])[i] - query[i];
          sum += difference * difference;
        }
        expected.add(Math.sqrt(sum));
      }
    }
    expected.sort(null);
    SearchHits hits = view.search(Pages.nearest(5, filter, query), StopSignal.NEVER);
    assertThat(Arrays.stream(hits.distances()).boxed().toList())
        .as("distances after %s", history)
        .isEqualTo(expected.subList(0, Math.min(5, expected.size())));
  }
}
