//! Rows of documents. Knows nothing of what they say.

use mic_engine::append::{Append, Document};
use mic_engine::ids::GroupId;
use mic_proof::hash::Hash;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{DocumentRow, DocumentText, Documents, Fault};
use crate::seal::Place;

impl Documents for SqliteStore {
    fn document(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentText>, Fault> {
        let sealed: Option<Option<Vec<u8>>> = self.read(|connection| {
            let found = connection
                .prepare_cached("SELECT sealed FROM documents WHERE group_id = ?1 AND hash = ?2")?
                .query_row(params![group.0, hash.as_bytes()], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        match sealed {
            None => Ok(None),
            Some(None) => Ok(Some(DocumentText::Erased)),
            Some(Some(sealed)) => {
                let bytes = self.sealer.open(&place(group, hash), &sealed)?;
                Ok(Some(DocumentText::Bytes(bytes)))
            }
        }
    }

    fn document_row(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentRow>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT hash, kind, sealed IS NULL FROM documents
                 WHERE group_id = ?1 AND hash = ?2",
            )?;
            let mut rows = statement.query(params![group.0, hash.as_bytes()])?;
            rows.next()?.map(|row| document_row(connection, group, row)).transpose()
        })
    }

    fn documents(&self, group: GroupId) -> Result<Vec<DocumentRow>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT hash, kind, sealed IS NULL FROM documents
                 WHERE group_id = ?1 ORDER BY hash",
            )?;
            let mut rows = statement.query(params![group.0])?;
            let mut documents = Vec::new();
            while let Some(row) = rows.next()? {
                documents.push(document_row(connection, group, row)?);
            }
            Ok(documents)
        })
    }
}

impl SqliteStore {
    /// Writes the documents of a batch, then destroys those it erases.
    pub(super) fn put_documents(
        &self,
        connection: &Connection,
        batch: &Append,
    ) -> Result<(), Fault> {
        for document in &batch.documents {
            self.put_document(connection, batch.group, document)?;
        }
        for hash in &batch.erased_documents {
            connection
                .prepare_cached(
                    "UPDATE documents SET sealed = NULL WHERE group_id = ?1 AND hash = ?2",
                )?
                .execute(params![batch.group.0, hash.as_bytes()])?;
        }
        Ok(())
    }

    fn put_document(
        &self,
        connection: &Connection,
        group: GroupId,
        document: &Document,
    ) -> Result<(), Fault> {
        let hash = document.hash.as_bytes();
        let sealed = self.sealer.seal(&place(group, &document.hash), &document.bytes);
        connection
            .prepare_cached(
                "INSERT INTO documents (group_id, hash, kind, sealed) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET sealed = excluded.sealed WHERE sealed IS NULL",
            )?
            .execute(params![
                group.0,
                hash,
                columns::document_kind_number(document.kind),
                sealed
            ])?;
        if let Some(proposal) = document.proposal {
            connection
                .prepare_cached(
                    "INSERT INTO document_proposals (group_id, hash, proposal)
                     VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                )?
                .execute(params![group.0, hash, proposal.0])?;
        }
        Ok(())
    }
}

fn document_row(
    connection: &Connection,
    group: GroupId,
    row: &Row<'_>,
) -> Result<DocumentRow, Fault> {
    let hash = columns::hash(&row.get::<_, Vec<u8>>(0)?)?;
    let mut statement = connection.prepare_cached(
        "SELECT proposal FROM document_proposals WHERE group_id = ?1 AND hash = ?2
         ORDER BY proposal",
    )?;
    let mut rows = statement.query(params![group.0, hash.as_bytes()])?;
    let mut proposals = Vec::new();
    while let Some(row) = rows.next()? {
        proposals.push(columns::proposal(row.get(0)?)?);
    }
    Ok(DocumentRow {
        hash,
        kind: columns::document_kind(row.get(1)?)?,
        proposals,
        erased: row.get(2)?,
    })
}

pub(super) fn place(group: GroupId, hash: &Hash) -> Place {
    Place::new("documents").group(group).bytes(hash.as_bytes())
}
