package io.quiver.springai;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Names the driver where {@code spring.datasource.url} is one of Quiver's. Boot does not know those
 * URLs and would take any other driver it finds.
 */
public final class QuiverDriverName implements EnvironmentPostProcessor {
  private static final String NAME = "spring.datasource.driver-class-name";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (environment.getProperty("spring.datasource.url", "").startsWith("jdbc:quiver:")) {
      // Last of all: whatever the application says comes first.
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource("quiver-driver", Map.of(NAME, "io.quiver.jdbc.QuiverDriver")));
    }
  }
}
