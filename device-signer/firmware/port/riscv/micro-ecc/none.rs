//! No code: only the C sources of the dependency are used.
