//! The two kinds of values in a view, and rows of them.

use std::borrow::Cow;

use super::ViewsError;

/// A value in a view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number; flags are 0 and 1.
    Int(i64),
    /// Text, never personal.
    Text(Cow<'static, str>),
    /// Something that the program never writes, by the name of its type.
    Foreign(&'static str),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl Value {
    /// A code of the program's own, which needs no copy.
    #[must_use]
    pub const fn code(code: &'static str) -> Self {
        Self::Text(Cow::Borrowed(code))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The whole number in a column, from 0.
    ///
    /// # Errors
    /// [`ViewsError::Column`] when there is something else.
    pub fn int(&self, column: usize) -> Result<i64, ViewsError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(*number),
            Some(Value::Null | Value::Text(_) | Value::Foreign(_)) | None => {
                Err(ViewsError::Column(column))
            },
        }
    }

    /// The text in a column, from 0.
    ///
    /// # Errors
    /// [`ViewsError::Column`] when there is something else.
    pub fn text(&self, column: usize) -> Result<&str, ViewsError> {
        self.optional_text(column)?
            .ok_or(ViewsError::Column(column))
    }

    /// The text in a column, from 0, or nothing.
    ///
    /// # Errors
    /// [`ViewsError::Column`] when there is a number.
    pub fn optional_text(&self, column: usize) -> Result<Option<&str>, ViewsError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            Some(Value::Int(_) | Value::Foreign(_)) | None => Err(ViewsError::Column(column)),
        }
    }

    /// The whole number in a column, from 0, or nothing.
    ///
    /// # Errors
    /// [`ViewsError::Column`] when there is text.
    pub fn optional_int(&self, column: usize) -> Result<Option<i64>, ViewsError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(Some(*number)),
            Some(Value::Null) => Ok(None),
            Some(Value::Text(_) | Value::Foreign(_)) | None => Err(ViewsError::Column(column)),
        }
    }
}
