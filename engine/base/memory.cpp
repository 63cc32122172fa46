// How the programs take their memory from the system: with jemalloc, in large pages. Loading a body takes and
// frees half a gigabyte in a million pieces, and with pages of 4 kB a third of the time was the system's.
// Linked into the programs themselves (engine/CMakeLists.txt); jemalloc reads this when the program starts.
#include <jemalloc/jemalloc.h>

const char* malloc_conf = "thp:always";
