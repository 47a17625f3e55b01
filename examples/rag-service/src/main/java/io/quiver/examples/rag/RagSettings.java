package io.quiver.examples.rag;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code rag.*}.
 *
 * @param folder the texts that are answered from
 * @param table where their passages are kept
 */
@ConfigurationProperties("rag")
record RagSettings(@DefaultValue("docs") Path folder, @DefaultValue("rag_passages") String table) {}
