package io.quiver.examples.rag;

import io.quiver.server.cli.ProgressBar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One ingest at a time, with a bar on the console and its progress to be asked for. */
final class IngestJob {
  private final Ingest ingest;
  private final Path folder;
  private final PrintStream out;
  private final AtomicReference<IngestProgress> progress =
      new AtomicReference<>(IngestProgress.IDLE);

  IngestJob(Ingest ingest, Path folder, PrintStream out) {
    this.ingest = ingest;
    this.folder = folder;
    this.out = out;
  }

  IngestProgress progress() {
    return progress.get();
  }

  /** Starts one, unless one is running. */
  void start() {
    IngestProgress before = progress.get();
    if (before.state() != IngestProgress.State.RUNNING
        && progress.compareAndSet(
            before, new IngestProgress(IngestProgress.State.RUNNING, 0, 0, "", ""))) {
      Thread.ofPlatform().daemon().name("ingest").start(this::run);
    }
  }

  private void run() {
    try {
      if (!Files.isDirectory(folder)) {
        throw new IOException("There is no folder " + folder);
      }
      ingest.prepare();
      Bar bar = new Bar();
      int passages =
          ingest.run(
              folder,
              now -> {
                progress.set(now);
                bar.show(now);
              });
      bar.end();
      progress.set(new IngestProgress(IngestProgress.State.DONE, passages, passages, "", ""));
      out.println(passages + " passages were new or changed in " + folder);
    } catch (IOException | DataAccessException | TransactionException e) {
      IngestProgress last = progress.get();
      progress.set(
          new IngestProgress(
              IngestProgress.State.FAILED,
              last.done(),
              last.total(),
              last.file(),
              String.valueOf(e.getMessage())));
      out.println("The folder was not read to its end: " + e.getMessage());
    }
  }

  /** A bar from the first passage on; there is none where nothing has changed. */
  private final class Bar {
    private @Nullable ProgressBar bar;

    void show(IngestProgress now) {
      if (bar == null) {
        bar = new ProgressBar(out, "Embedding and indexing", "passages", now.total());
      }
      bar.reached(now.done(), now.file());
    }

    void end() {
      if (bar != null) {
        bar.finish();
      }
    }
  }
}
