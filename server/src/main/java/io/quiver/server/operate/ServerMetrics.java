package io.quiver.server.operate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quiver.jdbc.meta.SessionGate;
import io.quiver.planner.Prepared;
import io.quiver.server.access.ServerGate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the server measures, in the form that Prometheus reads. */
final class ServerMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
  private volatile @Nullable StoreMetrics store;

  /**
   * @param kind null of what could not be prepared
   */
  private record Outcome(Prepared.@Nullable Kind kind, boolean ok) {}

  ServerMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  void watch(ServerGate gate) {
    Gauge.builder("quiver.connections", gate, ServerGate::connections).register(registry);
    Gauge.builder("quiver.statements.running", gate, ServerGate::running).register(registry);
    Gauge.builder("quiver.statements.waiting", gate, ServerGate::waiting).register(registry);
    FunctionCounter.builder("quiver.refused", gate, ServerGate::refused).register(registry);
  }

  void watch(StoreMetrics metrics) {
    metrics.bindTo(registry);
    store = metrics;
  }

  void ran(SessionGate.Execution execution) {
    Prepared prepared = execution.prepared();
    Outcome outcome =
        new Outcome(prepared == null ? null : prepared.kind(), execution.failure() == null);
    timers.computeIfAbsent(outcome, this::timer).record(execution.nanos(), TimeUnit.NANOSECONDS);
  }

  /** A request was refused before it reached the database. */
  void refused(int status) {
    registry.counter("quiver.requests.refused", "status", String.valueOf(status)).increment();
  }

  private Timer timer(Outcome outcome) {
    return Timer.builder("quiver.statements")
        .tag("kind", outcome.kind == null ? "none" : outcome.kind.name().toLowerCase(Locale.ROOT))
        .tag("outcome", outcome.ok ? "ok" : "failed")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(50_000))
        .maximumExpectedValue(Duration.ofSeconds(30))
        .register(registry);
  }

  String text() {
    StoreMetrics metrics = store;
    if (metrics != null) {
      metrics.read();
    }
    return registry.scrape();
  }
}
