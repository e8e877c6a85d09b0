"""Names of countries to ISO 3166 codes.  Refuses to be complete: other names are asked for."""

from bot.ingest.fold import fold_word

_NAMES = {
    **{
        "JP": "日本 日本国 japan jpn",
        "US": "アメリカ 米国 アメリカ合衆国 usa unitedstates america",
    },
    **{"GB": "イギリス 英国 uk unitedkingdom england gbr", "DE": "ドイツ germany deutschland deu"},
    **{"FR": "フランス france fra", "IT": "イタリア italy ita", "ES": "スペイン spain esp"},
    **{
        "NL": "オランダ netherlands nld",
        "CH": "スイス switzerland che",
        "SE": "スウェーデン sweden",
    },
    **{"NO": "ノルウェー norway", "DK": "デンマーク denmark", "FI": "フィンランド finland"},
    **{"IE": "アイルランド ireland", "BE": "ベルギー belgium", "AT": "オーストリア austria"},
    **{"PL": "ポーランド poland", "PT": "ポルトガル portugal", "CA": "カナダ canada can"},
    **{"MX": "メキシコ mexico", "BR": "ブラジル brazil", "AU": "オーストラリア australia aus"},
    **{"NZ": "ニュージーランド newzealand", "CN": "中国 china chn", "HK": "香港 hongkong"},
    **{"TW": "台湾 taiwan twn", "KR": "韓国 korea southkorea kor", "SG": "シンガポール singapore"},
    **{"MY": "マレーシア malaysia", "TH": "タイ thailand", "VN": "ベトナム vietnam"},
    **{"ID": "インドネシア indonesia", "PH": "フィリピン philippines", "IN": "インド india ind"},
    **{"AE": "アラブ首長国連邦 uae unitedarabemirates", "ZA": "南アフリカ southafrica"},
    **{"TR": "トルコ turkey", "IL": "イスラエル israel"},
}
COUNTRIES = {
    fold_word(name): code for code, names in _NAMES.items() for name in (code, *names.split())
}
