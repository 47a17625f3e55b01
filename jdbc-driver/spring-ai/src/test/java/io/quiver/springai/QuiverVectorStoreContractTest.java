package io.quiver.springai;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.util.function.Consumer;
import org.springframework.ai.test.vectorstore.BaseVectorStoreTests;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Spring AI's own tests of a vector store. */
class QuiverVectorStoreContractTest extends BaseVectorStoreTests {
  @Override
  protected void executeTest(Consumer<VectorStore> test) {
    SingleConnectionDataSource connection =
        new SingleConnectionDataSource(DatabaseUnderTest.ofItsOwn(), true);
    QuiverVectorStore store =
        QuiverVectorStore.builder(new JdbcTemplate(connection), MiniLm.model())
            .initializeSchema(true)
            .build();
    store.afterPropertiesSet();
    test.accept(store);
    connection.destroy();
  }
}
