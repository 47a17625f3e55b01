package io.quiver.benchmarks.contender;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions of {@code src/main/c/hnswlib.cpp}, called by the foreign function interface. */
@SuppressWarnings("restricted") // calling native code is what it is for
final class HnswlibFunctions {
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
  private static final ValueLayout POINTER = ValueLayout.ADDRESS;

  private final MethodHandle kernel;
  private final MethodHandle create;
  private final MethodHandle load;
  private final MethodHandle save;
  private final MethodHandle add;
  private final MethodHandle effort;
  private final MethodHandle search;
  private final MethodHandle free;

  private HnswlibFunctions(SymbolLookup library) {
    kernel = function(library, "bench_kernel", FunctionDescriptor.of(POINTER));
    create =
        function(library, "bench_create", FunctionDescriptor.of(POINTER, SIZE, SIZE, SIZE, SIZE));
    load = function(library, "bench_load", FunctionDescriptor.of(POINTER, SIZE, POINTER));
    save = function(library, "bench_save", FunctionDescriptor.ofVoid(POINTER, POINTER));
    add =
        function(
            library,
            "bench_add",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, POINTER, SIZE));
    effort = function(library, "bench_effort", FunctionDescriptor.ofVoid(POINTER, SIZE));
    search =
        function(
            library, "bench_search", FunctionDescriptor.of(SIZE, POINTER, POINTER, SIZE, POINTER));
    free = function(library, "bench_free", FunctionDescriptor.ofVoid(POINTER));
  }

  /** The file that {@code -Dhnswlib.library} names, null for none. */
  static @Nullable String library() {
    return System.getProperty("hnswlib.library");
  }

  static HnswlibFunctions load() {
    String file = Objects.requireNonNull(library(), "-Dhnswlib.library is not set");
    return new HnswlibFunctions(SymbolLookup.libraryLookup(Path.of(file), Arena.global()));
  }

  private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
  }

  String kernel() {
    try {
      MemorySegment text = (MemorySegment) kernel.invokeExact();
      return text.reinterpret(100).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  MemorySegment create(int dimension, int rows, int m, int efConstruction) {
    try {
      return (MemorySegment)
          create.invokeExact((long) dimension, (long) rows, (long) m, (long) efConstruction);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  MemorySegment open(int dimension, Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return (MemorySegment)
          load.invokeExact((long) dimension, arena.allocateFrom(file.toString()));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void save(MemorySegment index, Path file) {
    try (Arena arena = Arena.ofConfined()) {
      save.invokeExact(index, arena.allocateFrom(file.toString()));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void add(MemorySegment index, MemorySegment vector, int row) {
    int status;
    try {
      status = (int) add.invokeExact(index, vector, (long) row);
    } catch (Throwable e) {
      throw failed(e);
    }
    if (status != 0) {
      throw new IllegalStateException("hnswlib refused row " + row + "; it says why above");
    }
  }

  void effort(MemorySegment index, int ef) {
    try {
      effort.invokeExact(index, (long) ef);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int search(MemorySegment index, MemorySegment query, int k, MemorySegment rows) {
    try {
      return (int) (long) search.invokeExact(index, query, (long) k, rows);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void free(MemorySegment index) {
    try {
      free.invokeExact(index);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a call of hnswlib failed", e);
  }
}
