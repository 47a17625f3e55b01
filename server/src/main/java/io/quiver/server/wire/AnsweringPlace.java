package io.quiver.server.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is answered: by the thread that read it, if all of it is there; or, where the
 * rest has to be waited for or many are answered so, in a virtual thread of its own.
 */
final class AnsweringPlace extends Handler.Wrapper {
  private final ReadingThreads threads;
  private final int mostHere;
  private final AtomicInteger here = new AtomicInteger();
  private final Executor virtual =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("quiver-request-", 0).factory());

  /**
   * @param mostHere requests that are answered where they were read, at once
   */
  AnsweringPlace(ReadingThreads threads, int mostHere, Handler handler) {
    super(handler);
    this.threads = threads;
    this.mostHere = mostHere;
  }

  /** A request whose first bytes were read already. */
  private static final class Begun extends Request.Wrapper {
    private Content.@Nullable Chunk first;

    Begun(Request request, Content.Chunk first) {
      super(request);
      this.first = first;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = first;
      first = null;
      return chunk != null ? chunk : super.read();
    }

    @Override
    public void demand(Runnable callback) {
      if (first != null) {
        callback.run();
      } else {
        super.demand(callback);
      }
    }

    /** One that was refused for its headers. */
    void letGo() {
      Content.Chunk chunk = first;
      first = null;
      if (chunk != null) {
        chunk.release();
      }
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Content.Chunk chunk = request.read();
    Request begun = chunk == null ? request : new Begun(request, chunk);
    boolean whole = chunk != null && (chunk.isLast() || chunk.remaining() == request.getLength());
    if (whole
        && here.incrementAndGet() <= mostHere
        && threads.begin(System.identityHashCode(request.getConnectionMetaData()))) {
      try {
        return answer(begun, response, callback);
      } finally {
        threads.end();
        here.decrementAndGet();
      }
    }
    if (whole) {
      here.decrementAndGet();
    }
    virtual.execute(() -> elsewhere(begun, response, callback));
    return true;
  }

  private boolean answer(Request request, Response response, Callback callback) throws Exception {
    try {
      return super.handle(request, response, callback);
    } finally {
      if (request instanceof Begun begun) {
        begun.letGo();
      }
    }
  }

  private void elsewhere(Request request, Response response, Callback callback) {
    try {
      if (!answer(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception | Error e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
