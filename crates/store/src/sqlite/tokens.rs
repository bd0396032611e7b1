//! Rows of API tokens. Knows nothing of what a scope allows.

use mic_engine::ids::LogTime;
use rusqlite::{Row, params};

use super::{SqliteStore, columns, sessions};
use crate::contract::{AccountId, ApiToken, ApiTokenId, ApiTokens, Fault, Token};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::{Place, TokenPurpose};

impl ApiTokens for SqliteStore {
    fn add_api_token(&self, secret: Token<'_>, token: &ApiToken) -> Result<bool, Fault> {
        let keyed = self.sealer.token(TokenPurpose::Api, secret);
        let record = RecordWriter::default()
            .text(&token.name)
            .text(&token.scopes)
            .number(token.created.0)
            .finish();
        let sealed = self.sealer.seal(&place(token.id, token.account), &record);
        self.write(|transaction| {
            if !sessions::account_exists(transaction, token.account)? {
                return Ok(false);
            }
            let added = transaction.execute(
                "INSERT INTO api_tokens (id, account, token_keyed, expires, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                params![
                    token.id.0,
                    columns::signed(token.account.0),
                    keyed,
                    columns::signed(token.expires.0),
                    sealed
                ],
            )?;
            Ok(added == 1)
        })
    }

    fn api_token(&self, secret: Token<'_>, now: LogTime) -> Result<Option<ApiToken>, Fault> {
        let keyed = self.sealer.token(TokenPurpose::Api, secret);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, account, expires, sealed FROM api_tokens
                 WHERE token_keyed = ?1 AND expires > ?2",
            )?;
            let mut rows = statement.query(params![keyed, columns::signed(now.0)])?;
            rows.next()?.map(|row| self.open_token(row)).transpose()
        })
    }

    fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, account, expires, sealed FROM api_tokens
                 WHERE account = ?1 ORDER BY id",
            )?;
            let mut rows = statement.query([columns::signed(account.0)])?;
            let mut tokens = Vec::new();
            while let Some(row) = rows.next()? {
                tokens.push(self.open_token(row)?);
            }
            Ok(tokens)
        })
    }

    fn revoke_api_token(&self, account: AccountId, id: ApiTokenId) -> Result<bool, Fault> {
        self.write(|transaction| {
            let revoked = transaction.execute(
                "DELETE FROM api_tokens WHERE id = ?1 AND account = ?2",
                params![id.0, columns::signed(account.0)],
            )?;
            Ok(revoked == 1)
        })
    }
}

impl SqliteStore {
    fn open_token(&self, row: &Row<'_>) -> Result<ApiToken, Fault> {
        let id = ApiTokenId(columns::array(&row.get::<_, Vec<u8>>(0)?)?);
        let account = AccountId(columns::unsigned(row.get(1)?)?);
        let sealed: Vec<u8> = row.get(3)?;
        let plain = self.sealer.open(&place(id, account), &sealed)?;
        let mut record = RecordReader::new(&plain);
        Ok(ApiToken {
            id,
            account,
            name: record.text()?,
            scopes: record.text()?,
            created: LogTime(record.number()?),
            expires: columns::time(row.get(2)?)?,
        })
    }
}

fn place(id: ApiTokenId, account: AccountId) -> Place {
    Place::new("api_tokens").bytes(&id.0).number(account.0)
}
