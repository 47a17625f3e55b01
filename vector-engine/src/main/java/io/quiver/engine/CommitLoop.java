package io.quiver.engine;

import io.quiver.engine.log.AppendFailedException;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.DefinitionRecord;
import io.quiver.engine.log.LogLostException;
import io.quiver.engine.log.LogRecord;
import io.quiver.engine.log.WriteLog;
import io.quiver.engine.write.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: takes all waiting commits, checks each, appends them to the log with
 * one sync, applies them in order, publishes the new state by one write, and only then completes
 * the callers.
 *
 * <p>Once the log is lost, or applying has failed, nothing is written any more; the state published
 * last stays readable.
 */
final class CommitLoop implements AutoCloseable {
  /** A group takes no more commits once its records reach this size. */
  private static final long GROUP_BYTES = 64L << 20;

  /** Told by the writing thread after it changed the state. */
  interface Listener {
    /** Makes the state visible. */
    void publish();

    /** A definition was applied. */
    void defined(long position, byte[] catalogRecord);

    /** Memtables may be full. */
    void applied();
  }

  private sealed interface Request {
    CompletableFuture<?> done();
  }

  private record Write(PreparedCommit commit, CompletableFuture<Long> done) implements Request {}

  /** A definition, and rows that come with it. */
  private record Define(
      Definition definition, @Nullable PreparedCommit rows, CompletableFuture<Long> done)
      implements Request {}

  private record Work<T>(Function<StateWriter, T> work, CompletableFuture<T> done)
      implements Request {
    /** Completes the caller once what the work changed is published. */
    void run(StateWriter state, Listener listener) {
      T result = work.apply(state);
      listener.publish();
      done.complete(result);
    }
  }

  private record Stop(CompletableFuture<Void> done) implements Request {}

  private final StateWriter state;
  private final WriteLog log;
  private final Listener listener;
  private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable String brokenBecause;
  private volatile boolean stopped;

  CommitLoop(StateWriter state, WriteLog log, Listener listener) {
    this.state = state;
    this.log = log;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("quiver-commit").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Commits; returns the position once the commit is durable and visible. */
  long write(PreparedCommit commit) {
    return await(submit(new Write(commit, new CompletableFuture<>())).done());
  }

  /**
   * Commits a definition; returns its position once it is durable and visible.
   *
   * @param rows changed by a commit right after it: both are durable and visible at once, or
   *     neither; null for none
   */
  long define(Definition definition, @Nullable PreparedCommit rows) {
    return await(submit(new Define(definition, rows, new CompletableFuture<>())).done());
  }

  /** Runs work on the writing thread, between commits; what it changed is published after it. */
  <T> T run(Function<StateWriter, T> work) {
    return await(submit(new Work<>(work, new CompletableFuture<>())).done());
  }

  /** Why nothing can be written any more; null while all is well. */
  @Nullable String brokenBecause() {
    return brokenBecause;
  }

  private <R extends Request> R submit(R request) {
    queue.add(request);
    if (stopped) {
      refuseWaiting();
    }
    return request;
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> {
          cause.addSuppressed(new CallerTrace());
          throw cause;
        }
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /** Where the caller of a failed commit stood; the failure itself has the writing thread's. */
  private static final class CallerTrace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerTrace() {
      super("Called from here");
    }
  }

  private void run() {
    List<Request> waiting = new ArrayList<>();
    boolean running = true;
    while (running) {
      waiting.clear();
      try {
        waiting.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody interrupts this thread on purpose, and stopping here would lose commits.
        continue;
      }
      queue.drainTo(waiting);
      List<Write> group = new ArrayList<>();
      long groupBytes = 0;
      for (Request request : waiting) {
        if (request instanceof Write write && groupBytes < GROUP_BYTES) {
          group.add(write);
          groupBytes += write.commit.logRecord().payload().length;
          continue;
        }
        writeGroup(group);
        group.clear();
        groupBytes = 0;
        switch (request) {
          case Write write -> {
            group.add(write);
            groupBytes = write.commit.logRecord().payload().length;
          }
          case Define define -> define(define);
          case Work<?> work -> work(work);
          case Stop stop -> {
            running = false;
            stop.done.complete(null);
          }
        }
      }
      writeGroup(group);
    }
    stopped = true;
    refuseWaiting();
  }

  private void refuseWaiting() {
    for (Request request = queue.poll(); request != null; request = queue.poll()) {
      if (request instanceof Stop stop) {
        stop.done.complete(null);
      } else {
        request.done().completeExceptionally(new IllegalStateException("The engine is closed"));
      }
    }
  }

  private void writeGroup(List<Write> group) {
    List<Write> accepted = new ArrayList<>(group.size());
    List<LogRecord> records = new ArrayList<>(group.size());
    CommitCheck check = new CommitCheck(state, group.size() > 1);
    for (Write write : group) {
      try {
        refuseIfBroken();
        check.accept(write.commit, log.position() + 1 + accepted.size());
        accepted.add(write);
        records.add(write.commit.logRecord());
      } catch (RuntimeException e) {
        write.done.completeExceptionally(e);
      }
    }
    if (accepted.isEmpty()) {
      return;
    }
    try {
      long first = append(records);
      for (int i = 0; i < accepted.size(); i++) {
        state.apply(first + i, accepted.get(i).commit.record());
      }
      listener.applied();
      listener.publish();
      for (int i = 0; i < accepted.size(); i++) {
        accepted.get(i).done.complete(first + i);
      }
    } catch (StorageException e) {
      accepted.forEach(write -> write.done.completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      breakDown(e);
      accepted.forEach(write -> write.done.completeExceptionally(e));
    }
  }

  private void define(Define define) {
    try {
      refuseIfBroken();
      DefinitionCheck.check(define.definition.changes(), state.schemas());
      if (define.rows != null) {
        verifyKeys(define.rows);
      }
    } catch (RuntimeException e) {
      define.done.completeExceptionally(e);
      return;
    }
    try {
      byte[] payload = DefinitionRecord.encode(define.definition);
      List<LogRecord> records = new ArrayList<>();
      records.add(new LogRecord(LogRecord.Type.DEFINITION, payload));
      PreparedCommit rows = define.rows;
      if (rows != null) {
        // In one frame of the log, of which a power cut leaves all or nothing.
        records.add(rows.logRecord());
      }
      long position = append(records);
      state.apply(position, define.definition.changes());
      if (rows != null) {
        state.apply(position + 1, rows.record());
      }
      listener.publish();
      listener.defined(position, define.definition.catalogRecord());
      listener.applied();
      define.done.complete(position);
    } catch (StorageException e) {
      define.done.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      breakDown(e);
      define.done.completeExceptionally(e);
    }
  }

  private void verifyKeys(PreparedCommit rows) {
    for (CommitRecord.Part part : rows.record().parts()) {
      if (state.schema(part.schema().id()) != null) {
        state.verifyKeys(part.schema().id(), part.shard());
      }
    }
  }

  private void work(Work<?> work) {
    try {
      refuseIfBroken();
      work.run(state, listener);
    } catch (RuntimeException | Error e) {
      work.done.completeExceptionally(e);
    }
  }

  private long append(List<LogRecord> records) {
    try {
      return log.append(records);
    } catch (AppendFailedException e) {
      throw new StorageException(e.getMessage(), e);
    } catch (LogLostException e) {
      breakDown(e);
      throw new StorageException(e.getMessage(), e);
    }
  }

  private void breakDown(Throwable e) {
    if (brokenBecause == null) {
      brokenBecause = e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  private void refuseIfBroken() {
    String because = brokenBecause;
    if (because != null) {
      throw new StorageException("The database takes no more writes since this failed: " + because);
    }
  }

  /** Finishes what waits, then ends. */
  @Override
  public void close() {
    if (thread.getState() != Thread.State.NEW) {
      submit(new Stop(new CompletableFuture<>())).done().join();
    }
  }
}
