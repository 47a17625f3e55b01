// The functions of hnswlib (https://github.com/nmslib/hnswlib, Debian's package libhnswlib-dev) that the
// benchmark calls, under names and with types that Java can call. docs/benchmarks.md says how to compile it.
#include <hnswlib/hnswlib.h>

#include <exception>
#include <iostream>

namespace {
// The graph keeps a pointer into its space, so the two live together.
struct Index {
  hnswlib::InnerProductSpace space;
  hnswlib::HierarchicalNSW<float> graph;

  Index(size_t dimension, size_t rows, size_t m, size_t ef_construction)
      : space(dimension), graph(&space, rows, m, ef_construction) {}
  Index(size_t dimension, const char* file) : space(dimension), graph(&space, file) {}
};
}  // namespace

extern "C" {
// What the kernel is compiled for, for the report.
const char* bench_kernel() {
#if defined(USE_AVX512)
  return "AVX-512";
#elif defined(USE_AVX)
  return "AVX";
#elif defined(USE_SSE)
  return "SSE";
#else
  return "no vector instructions";
#endif
}

void* bench_create(size_t dimension, size_t rows, size_t m, size_t ef_construction) {
  return new Index(dimension, rows, m, ef_construction);
}

void* bench_load(size_t dimension, const char* file) { return new Index(dimension, file); }

void bench_save(void* index, const char* file) { static_cast<Index*>(index)->graph.saveIndex(file); }

// Any number of threads at a time. No exception may leave C++ for Java.
int bench_add(void* index, const float* vector, size_t row) {
  try {
    static_cast<Index*>(index)->graph.addPoint(vector, row);
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "hnswlib: " << e.what() << std::endl;
    return 1;
  }
}

void bench_effort(void* index, size_t ef) { static_cast<Index*>(index)->graph.setEf(ef); }

// Fills rows from the nearest on and returns how many there are.
size_t bench_search(void* index, const float* query, size_t k, size_t* rows) {
  auto found = static_cast<Index*>(index)->graph.searchKnn(query, k);
  const size_t count = found.size();
  for (size_t i = count; i > 0; i--) {
    rows[i - 1] = found.top().second;
    found.pop();
  }
  return count;
}

void bench_free(void* index) { delete static_cast<Index*>(index); }
}
