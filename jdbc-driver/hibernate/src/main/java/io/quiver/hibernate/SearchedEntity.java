package io.quiver.hibernate;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.model.domain.JpaMetamodel;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.sqm.produce.function.FunctionArgumentException;
import org.hibernate.type.BasicType;
import org.hibernate.type.StandardBasicTypes;
import org.hibernate.type.spi.TypeConfiguration;

/**
 * The entity that a search function of HQL is over.
 *
 * @param entity as HQL names it
 * @param table it is kept in
 * @param attributes that are one column each, the identifier among them, by their names
 */
record SearchedEntity(String entity, String table, Map<String, BasicValuedModelPart> attributes) {
  static SearchedEntity named(String name, JpaMetamodel domain, MappingMetamodel mappings) {
    EntityPersister entity =
        mappings.getEntityDescriptor(
            domain.resolveHqlEntityReference(name).getHibernateEntityName());
    Map<String, BasicValuedModelPart> attributes = new LinkedHashMap<>();
    if (entity.getIdentifierMapping() instanceof BasicValuedModelPart identifier) {
      attributes.put(entity.getIdentifierMapping().getAttributeName(), identifier);
    }
    entity.forEachAttributeMapping(
        (AttributeMapping attribute) -> {
          if (attribute instanceof BasicValuedModelPart basic) {
            attributes.put(attribute.getAttributeName(), basic);
          }
        });
    return new SearchedEntity(name, entity.getMappedTableDetails().getTableName(), attributes);
  }

  /** The attribute that is searched. */
  BasicValuedModelPart attribute(String name) {
    BasicValuedModelPart attribute = attributes.get(name);
    if (attribute == null) {
      throw new FunctionArgumentException(
          "Entity '" + entity + "' has no attribute '" + name + "' of one column to search");
    }
    return attribute;
  }

  /** The names of what a search adds; a column of the table keeps its name. */
  String[] added() {
    boolean taken =
        attributes.values().stream()
            .map(attribute -> attribute.getSelectionExpression().toLowerCase(Locale.ROOT))
            .anyMatch(column -> column.equals("score") || column.equals("distance"));
    return taken
        ? new String[] {"search_score", "search_distance"}
        : new String[] {"score", "distance"};
  }

  static BasicType<Double> number(TypeConfiguration types) {
    return requireNonNull(types.getBasicTypeRegistry().resolve(StandardBasicTypes.DOUBLE));
  }
}
