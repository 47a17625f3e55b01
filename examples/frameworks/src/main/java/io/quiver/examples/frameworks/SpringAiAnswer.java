package io.quiver.examples.frameworks;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.quiver.springai.FunctionEmbeddingModel;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A question answered by Spring AI's vector store; the configuration has the URL alone. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringAiAnswer {
  // section:spring-ai-model
  @Bean
  EmbeddingModel model() {
    var miniLm = new AllMiniLmL6V2EmbeddingModel();
    return new FunctionEmbeddingModel(384, text -> miniLm.embed(text).content().vector());
  }

  // end:spring-ai-model

  /** Prints the answer. */
  public static void main(String[] args) {
    // section:spring-ai-ask
    var store = SpringApplication.run(SpringAiAnswer.class, args).getBean(VectorStore.class);
    store.add(List.of(new Document("A write is acknowledged once the log is on the disk.")));
    System.out.println(store.similaritySearch("is my data safe").getFirst().getText());
    // end:spring-ai-ask
  }
}
