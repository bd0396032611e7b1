//! The forecast against published numbers, and against its own formulas; it knows every ready charter.

mod agreement;
mod charters;
mod reference;
mod trial;
