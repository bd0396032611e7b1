//! The journal as files that existing tools read: C2SP `tlog-tiles`.
//!
//! Hash tiles of 256 hashes, entry bundles of 256 entries, and their paths. Knows nothing of who
//! may read them.

use crate::hash::Hash;
use crate::tree::Tree;

/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// The highest level of tiles (C2SP: `<L>` is 0 to 5).
pub const TILE_LEVEL_MAX: u8 = 5;
/// A bundle carries entries of at most this many bytes (two bytes of length).
pub const BUNDLED_ENTRY_BYTES_MAX: usize = 65_535;

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// hashes of the tree at height 8·level
    Hashes {
        /// 0 to [`TILE_LEVEL_MAX`]
        level: u8,
    },
    /// the entries themselves
    Entries,
}

/// A tile: which, where, and how much of it there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// hashes or entries
    pub resource: Resource,
    /// position among the tiles of its kind
    pub index: u64,
    /// 1 to [`TILE_WIDTH`]; less than that is a partial tile
    pub width: u64,
}

impl Tile {
    /// `tile/0/x001/x234/067` or, if partial, `tile/entries/000.p/17`.
    pub fn path(&self) -> String {
        let mut groups = vec![format!("{:03}", self.index % 1_000)];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            groups.insert(0, format!("x{:03}", rest % 1_000));
            rest /= 1_000;
        }
        let kind = match self.resource {
            Resource::Hashes { level } => level.to_string(),
            Resource::Entries => "entries".to_owned(),
        };
        let partial =
            if self.width == TILE_WIDTH { String::new() } else { format!(".p/{}", self.width) };
        format!("tile/{kind}/{}{partial}", groups.join("/"))
    }

    /// Reads a path; none unless it is exactly what [`Tile::path`] writes.
    pub fn parse(path: &str) -> Option<Tile> {
        let (kind, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let (index, width) = match place.split_once(".p/") {
            Some((index, width)) => (index, width.parse().ok()?),
            None => (place, TILE_WIDTH),
        };
        let mut number: u64 = 0;
        for group in index.split('/') {
            let digits: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok()?;
            number = number.checked_mul(1_000)?.checked_add(digits)?;
        }
        let resource = match kind {
            "entries" => Resource::Entries,
            level => Resource::Hashes { level: level.parse().ok()? },
        };
        let tile = Tile { resource, index: number, width };
        let fits = (1..=TILE_WIDTH).contains(&width) && tile.level() <= TILE_LEVEL_MAX;
        (fits && tile.path() == path).then_some(tile)
    }

    /// The entries that this tile holds, as positions `from..to`; for hash tiles, the hashes at
    /// its level. None if there are no such positions.
    pub fn span(&self) -> Option<(u64, u64)> {
        let from = self.index.checked_mul(TILE_WIDTH)?;
        Some((from, from.checked_add(self.width)?))
    }

    fn level(&self) -> u8 {
        match self.resource {
            Resource::Hashes { level } => level,
            Resource::Entries => 0,
        }
    }
}

/// The tiles that a tree of this size has, full and partial, hashes and entries.
pub fn tiles_of(size: u64) -> Vec<Tile> {
    let mut tiles = Vec::new();
    let mut row = |resource, count: u64| {
        for index in 0..count.div_ceil(TILE_WIDTH) {
            let width = (count - index * TILE_WIDTH).min(TILE_WIDTH);
            tiles.push(Tile { resource, index, width });
        }
    };
    row(Resource::Entries, size);
    for level in 0..=TILE_LEVEL_MAX {
        row(Resource::Hashes { level }, size >> (8 * u32::from(level)));
    }
    tiles
}

/// The bytes of a hash tile: its hashes, one after the other. None if the tree is too small for it
/// or the tile is one of entries.
pub fn hash_tile(tree: &Tree, tile: &Tile) -> Option<Vec<u8>> {
    let Resource::Hashes { level } = tile.resource else { return None };
    let (from, to) = tile.span()?;
    let mut bytes = Vec::new();
    for index in from..to {
        bytes.extend_from_slice(tree.node(8 * usize::from(level), index)?.as_bytes());
    }
    Some(bytes)
}

/// The hashes of a tile; none if the bytes are not whole hashes.
pub fn read_hash_tile(bytes: &[u8]) -> Option<Vec<Hash>> {
    let whole = bytes.len().is_multiple_of(32);
    whole.then(|| bytes.chunks_exact(32).filter_map(Hash::from_slice).collect())
}

/// An entry bundle: for each entry its length as two big-endian bytes, then its bytes. None if one
/// is longer than [`BUNDLED_ENTRY_BYTES_MAX`].
pub fn entry_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Some(bytes)
}

/// The entries of a bundle; none if it is cut off or holds more than a tile may.
pub fn read_entry_bundle(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    (bytes.is_empty() && entries.len() as u64 <= TILE_WIDTH).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use crate::tree::root;

    #[test]
    fn paths_are_those_of_c2sp() {
        let tile = Tile { resource: Resource::Hashes { level: 0 }, index: 1_234_067, width: 256 };
        assert_eq!(tile.path(), "tile/0/x001/x234/067");
        let partial = Tile { resource: Resource::Entries, index: 273, width: 112 };
        assert_eq!(partial.path(), "tile/entries/273.p/112");
        for tile in [tile, partial] {
            assert_eq!(Tile::parse(&tile.path()), Some(tile));
        }
        for path in [
            "tile/0/67",
            "tile/6/000",
            "tile/00/000",
            "tile/0/x000/067",
            "tile/0/001/067",
            "tile/0/067.p/0",
            "tile/0/067.p/256",
            "tile/0/067.p/07",
            "tile/entries/x1/000",
            "tile/0/../000",
            "tile/0/",
            "tile/0/000/",
            "/tile/0/000",
            "tile/0/999/999.p/1",
        ] {
            assert_eq!(Tile::parse(path), None, "{path}");
        }
    }

    #[test]
    fn tiles_of_a_tree_rebuild_its_root() {
        let entries: Vec<Vec<u8>> = (0..70_000_u32).map(|n| n.to_be_bytes().to_vec()).collect();
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let mut tree = Tree::new();
        for leaf in &leaves {
            tree.push(*leaf);
        }
        let mut from_tiles = Vec::new();
        for tile in tiles_of(70_000) {
            match tile.resource {
                Resource::Entries => {}
                Resource::Hashes { level } => {
                    let bytes = hash_tile(&tree, &tile).expect("a tile of this tree");
                    let hashes = read_hash_tile(&bytes).expect("whole hashes");
                    assert_eq!(hashes.len() as u64, tile.width);
                    if level == 0 {
                        from_tiles.extend(hashes);
                    } else if level == 1 && tile.index == 0 {
                        assert_eq!(hashes[1], root(&leaves[256..512]));
                    }
                }
            }
        }
        assert_eq!(root(&from_tiles), tree.root(70_000).expect("whole"));
        let bundle = entry_bundle(entries[..256].iter().map(Vec::as_slice)).expect("short entries");
        assert_eq!(read_entry_bundle(&bundle).expect("whole").len(), 256);
        assert_eq!(read_entry_bundle(&bundle[..bundle.len() - 1]), None);
        assert_eq!(entry_bundle([vec![0; 65_536].as_slice()]), None);
    }
}
