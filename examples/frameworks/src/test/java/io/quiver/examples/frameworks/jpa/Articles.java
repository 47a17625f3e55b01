package io.quiver.examples.frameworks.jpa;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** A repository with questions by distance. */
interface Articles extends JpaRepository<Article, Long> {
  List<Article> findByLangOrderByTitle(String lang);

  @Query("select a from Article a where a.lang = :lang order by cosine_distance(a.embedding, :q)")
  Page<Article> nearest(String lang, float[] q, Pageable page);

  @Query(
      """
      select a.title from vector_search('Article', 'embedding', :q, 2) v
      join Article a on a.id = v.id where v.lang = :lang order by v.distance
      """)
  List<String> titles(String lang, float[] q);

  @Query("select a.title from Article a where cosine_distance(a.embedding, :q) < :most")
  List<String> within(float[] q, double most);
}
