//! Who recorded something, in words: an account by its name, and what is none told as what it is.

use crate::lang::Lang;

/// What the command line calls whoever started it where the machine names nobody.
const UNKNOWN: &str = "os:unknown";

/// Who recorded something; the name stands behind the words where it is no account's.
#[must_use]
pub fn account(name: &str, lang: Lang) -> String {
    let words = match name {
        UNKNOWN => lang.pick("不明な利用者", "Unknown account"),
        "system" => lang.pick("プログラム", "The program"),
        _ if name.starts_with("os:") => lang.pick("サーバーの利用者", "Server user"),
        _ => return name.to_owned(),
    };
    match lang {
        Lang::Ja => format!("{words}（{name}）"),
        Lang::En => format!("{words} ({name})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_told_by_its_name_and_what_is_none_as_what_it_is() {
        assert_eq!(account("sato", Lang::Ja), "sato");
        assert_eq!(
            account("os:unknown", Lang::Ja),
            "不明な利用者（os:unknown）"
        );
        assert_eq!(
            account("os:unknown", Lang::En),
            "Unknown account (os:unknown)"
        );
        assert_eq!(account("os:taro", Lang::Ja), "サーバーの利用者（os:taro）");
        assert_eq!(account("system", Lang::En), "The program (system)");
    }
}
