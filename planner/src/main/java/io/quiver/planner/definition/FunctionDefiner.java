package io.quiver.planner.definition;

import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.function.JavaFunction;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.parser.CreateFunction;
import io.quiver.sql.parser.DropFunction;
import io.quiver.sql.problem.ErrorCode;
import java.util.Optional;

/** CREATE FUNCTION and DROP FUNCTION as changes of the catalog. */
record FunctionDefiner(CatalogSnapshot catalog) {
  /** Empty where there is nothing to do. */
  Optional<CatalogChange> create(CreateFunction create) {
    String name = create.name().getSimple();
    boolean builtIn = QuiverOperators.isBuiltIn(name);
    if (builtIn || catalog.functions().containsKey(name)) {
      if (!builtIn && create.ifNotExists()) {
        return Optional.empty();
      }
      if (builtIn || !create.replace()) {
        throw DefinitionProblem.at(
            ErrorCode.FUNCTION_EXISTS,
            create.name().getParserPosition(),
            "there is a function \"" + name + "\" already" + (builtIn ? ", which is built in" : ""),
            builtIn ? "choose another name." : "write CREATE OR REPLACE FUNCTION.");
      }
    }
    try {
      JavaFunction.of(name, create.method());
    } catch (JavaFunction.NotUsableException unusable) {
      throw DefinitionProblem.at(
          ErrorCode.FUNCTION_INVALID,
          create.name().getParserPosition(),
          String.valueOf(unusable.getMessage()),
          "put a library of FunctionLibrary on the class path and name its method, as in"
              + " 'com.acme.Ranking.decay'.");
    }
    return Optional.of(new CatalogChange.PutFunction(name, create.method()));
  }

  /** Empty where there is nothing to do. */
  Optional<CatalogChange> drop(DropFunction drop) {
    String name = drop.name().getSimple();
    if (catalog.functions().containsKey(name)) {
      return Optional.of(new CatalogChange.DropFunction(name));
    }
    if (drop.ifExists()) {
      return Optional.empty();
    }
    throw DefinitionProblem.at(
        ErrorCode.FUNCTION_UNKNOWN,
        drop.name().getParserPosition(),
        "there is no function \"" + name + "\" that could be dropped",
        "write DROP FUNCTION IF EXISTS.");
  }
}
